using System.Diagnostics;

namespace Mesh.Interop.Tests;

/// <summary>
/// Four hosts on one switch, each in a network namespace of its own; this process stands at the switch. A cable can be pulled. Needs root and iproute2; everything is gone when disposed.
/// </summary>
internal sealed class PulledNetwork : IDisposable
{
    /// <summary>For tests of networks (RFC 2544): nobody's.</summary>
    public const string Net = "198.18.72";

    private const string Ip = "/sbin/ip";
    private readonly string prefix = $"mp{Environment.ProcessId % 100_000}";

    public PulledNetwork()
    {
        Referee.Require(Ip, "iproute2");
        Assert.True(Environment.IsPrivilegedProcess, "network namespaces are root's to make");
        try
        {
            Run("link", "add", Switch, "type", "bridge", "forward_delay", "0");
            Run("addr", "add", $"{Here}/24", "dev", Switch);
            Run("link", "set", Switch, "up");
            for (int i = 0; i < FourSites.Names.Length; i++) Plug(FourSites.Names[i], $"{Net}.{i + 1}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>This process's own address: the carrier, the public.</summary>
    public static string Here => $"{Net}.254";

    private string Switch => prefix + "s";

    /// <summary>What runs a program on a host.</summary>
    public (string File, string[] Words) On(string site, params string[] words) => (Ip, ["netns", "exec", Namespace(site), .. words]);

    public void Pull(string site) => Run("link", "set", Cable(site), "down");

    public void PutBack(string site) => Run("link", "set", Cable(site), "up");

    public void Dispose()
    {
        foreach (string site in FourSites.Names) Try("netns", "del", Namespace(site));
        foreach (string site in FourSites.Names) Try("link", "del", Cable(site));
        Try("link", "del", Switch);
    }

    private void Plug(string site, string address)
    {
        Run("netns", "add", Namespace(site));
        Run("link", "add", Cable(site), "type", "veth", "peer", "name", "eth0", "netns", Namespace(site));
        Run("link", "set", Cable(site), "master", Switch);
        Run("link", "set", Cable(site), "up");
        Run("-n", Namespace(site), "addr", "add", $"{address}/24", "dev", "eth0");
        Run("-n", Namespace(site), "link", "set", "eth0", "up");
        Run("-n", Namespace(site), "link", "set", "lo", "up");
    }

    private string Namespace(string site) => $"{prefix}-{site}";

    private string Cable(string site) => $"{prefix}c{Array.IndexOf(FourSites.Names, site)}";

    private static void Run(params string[] words)
    {
        var (code, said) = Try(words);
        Assert.True(code == 0, $"ip {string.Join(' ', words)}: {said}");
    }

    private static (int Code, string Said) Try(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(Ip, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
