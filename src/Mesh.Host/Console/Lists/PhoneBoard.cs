using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Console.Lists;

/// <summary>The phones of all sites: one row for each device, a place for each site. Pure.</summary>
public static class PhoneBoard
{
    public static IReadOnlyList<MeshDevice> Of(IReadOnlyList<SiteAnswer<IReadOnlyList<PhoneView>>> answers)
    {
        var accounts = answers.SelectMany(static a => a.Value ?? []).GroupBy(static p => p.Account, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal);
        return [.. accounts.SelectMany(account => Devices(account.Key, account.First().Technology, answers))];
    }

    private static IEnumerable<MeshDevice> Devices(string account, string technology, IReadOnlyList<SiteAnswer<IReadOnlyList<PhoneView>>> answers)
    {
        var places = answers.Select(a => a.Value?.FirstOrDefault(p => p.Account == account)?.Contacts ?? []).ToArray();
        string[] devices = [.. places.SelectMany(static p => p).Select(static c => c.Device).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (devices.Length == 0) devices = [""];
        return devices.Select(device => new MeshDevice(account, technology, device,
            [.. answers.Select((a, i) => new DevicePlace(a.Site, a.Value is not null, places[i].FirstOrDefault(c => c.Device == device)))]));
    }
}

/// <summary>One device of an account.</summary>
/// <param name="Device">Empty: the account is registered nowhere.</param>
/// <param name="Places">One for each site.</param>
public sealed record MeshDevice(string Account, string Technology, string Device, IReadOnlyList<DevicePlace> Places);

/// <param name="IsKnown">The site has answered.</param>
/// <param name="Contact">Null: it is not registered there.</param>
public sealed record DevicePlace(string Site, bool IsKnown, ContactView? Contact);
