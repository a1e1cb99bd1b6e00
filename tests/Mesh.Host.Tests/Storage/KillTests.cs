using System.Diagnostics;
using Mesh.Host.Registrar;
using Mesh.Host.Storage;
using Mesh.Io;

namespace Mesh.Host.Tests.Storage;

public class KillTests
{
    /// <summary>Nothing acknowledged is lost: a process that registers is killed at an arbitrary moment; whatever it had acknowledged is there afterwards.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(1500)]
    public async Task What_was_acknowledged_survives_SIGKILL(int acknowledged)
    {
        var folder = Directory.CreateTempSubdirectory("mesh-kill-");
        try
        {
            var seen = new HashSet<int>();
            using (var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(KillTests).Assembly.Location, "store-bindings", folder.FullName]) { RedirectStandardOutput = true })!)
            {
                try
                {
                    while (seen.Count < acknowledged)
                    {
                        string? line = await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
                        Assert.True(line is not null, "the child ended by itself");
                        seen.Add(int.Parse(line));
                    }
                }
                finally
                {
                    child.Kill();
                    await child.WaitForExitAsync();
                }
                // What it had acknowledged by then, too; its last line may be cut short.
                string rest = await child.StandardOutput.ReadToEndAsync();
                foreach (var line in rest.Split('\n')[..^1]) seen.Add(int.Parse(line));
            }

            var table = new BindingTable();
            using (var database = SiteDatabase.Open(Path.Combine(folder.FullName, "mesh.db"))) database.Bindings.Load(table, new MeshClock(TimeProvider.System));
            Assert.True(seen.Count >= acknowledged);
            Assert.All(seen, n => Assert.Equal($"sip:phone-{n}@127.0.0.1", Assert.Single(table.Of($"phone-{n}", 0)).ContactUri));
        }
        finally { folder.Delete(recursive: true); }
    }
}
