using Mesh.Host.Admin;
using Mesh.Host.Admin.Access;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Sorry.Switches;
using Mesh.Io;

namespace Mesh.Host.Console;

/// <summary>What a <see cref="SiteConsole"/> is made of.</summary>
public sealed record ConsoleParts
{
    public required SiteModel Model { get; init; }

    /// <summary>This site; asked only once it listens.</summary>
    public required Func<ISiteView> View { get; init; }

    public required ISharedJournal Journal { get; init; }

    public required SorrySwitches Switches { get; init; }

    /// <summary>What is switched now.</summary>
    public required Func<SorryView> Sorry { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>A new one for each use.</summary>
    public required Func<IChance> Chance { get; init; }

    public ConsoleLimits Limits { get; init; } = new();

    /// <summary>Of questions between sites.</summary>
    public PairLimits Pair { get; init; } = new();

    public AdminLimits AdminLimits { get; init; } = new();
}
