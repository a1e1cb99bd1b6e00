namespace Mesh.Browser.Tests;

/// <summary>A call between two SIPps.</summary>
public sealed class HeldCall(ChildProcess carrier, ChildProcess phone) : IDisposable
{
    /// <summary>Both ends saw what they should have seen.</summary>
    public async Task EndedWellAsync()
    {
        Assert.True(await carrier.WaitAsync(TimeSpan.FromSeconds(120)) == 0, carrier.Output);
        Assert.True(await phone.WaitAsync(TimeSpan.FromSeconds(60)) == 0, phone.Output);
    }

    public void Dispose()
    {
        carrier.Dispose();
        phone.Dispose();
    }
}
