using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Tests.Storage;

/// <summary>Registers one phone after another, many at a time, and prints the number of each that was acknowledged, until it is killed.</summary>
public static class StoringChild
{
    private const int AtOnce = 50;

    public static int Run(string folder)
    {
        using var loop = TestLoop.Start();
        using var storage = new StorageThread(SiteDatabase.Open(Path.Combine(folder, "mesh.db")), loop);
        var registrar = new PhoneRegistrar(new BindingTable(), storage, new RegistrarConfig(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10, 10_000_000), loop);
        int next = 0;
        loop.Post(_ =>
        {
            for (int i = 0; i < AtOnce; i++) One();
        });
        Thread.Sleep(Timeout.Infinite);
        return 0;

        void One()
        {
            int number = next++;
            registrar.Register(new RegistrationRequest
            {
                Account = $"phone-{number}", AddressOfRecord = $"phone-{number}", Contacts = [new ContactRequest($"sip:phone-{number}@127.0.0.1", 3600)],
                CallId = $"call-{number}", CSeq = 1, Received = NetAddress.Parse("127.0.0.1:5062"),
            }, new Owner(number, One));
        }
    }

    private sealed class Owner(int number, Action next) : IRegistrationOwner
    {
        public void OnRegistrationAnswer(RegistrationAnswer answer)
        {
            if (answer.Status != 200) return;
            System.Console.Out.WriteLine(number);
            System.Console.Out.Flush();
            next();
        }
    }
}
