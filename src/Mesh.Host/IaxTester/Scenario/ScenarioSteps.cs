using Mesh.Host.Config.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>One step of a scenario and where it stands in its file.</summary>
/// <param name="Call">The call it is about; empty for the first.</param>
public abstract record ScenarioStep(ConfigSource Source, string Call)
{
    /// <summary>In a few words, for a report.</summary>
    public abstract string Text { get; }
}

/// <summary>What is to be in the header of a frame, or is looked for there; null is whatever is due. Texts may hold variables.</summary>
public sealed record HeaderSteps(string? Source, string? Destination, string? Timestamp, string? OutSequence, string? InSequence, bool IsRetransmission)
{
    public static readonly HeaderSteps None = new(null, null, null, null, null, false);
}

/// <summary>One element to send. <paramref name="Value"/> may hold variables.</summary>
public sealed record ElementToSend(ElementId Id, string Value, ConfigSource Source);

public sealed record SendStep(ConfigSource Source, string Call, FrameName Frame, IReadOnlyList<ElementToSend> Elements, string? Payload, HeaderSteps Header) : ScenarioStep(Source, Call)
{
    public override string Text => $"send {FrameNames.Of(Frame.Type, Frame.SubclassOctet ?? 0)}";
}

/// <summary>Octets as they are, in hexadecimal; variables allowed.</summary>
public sealed record SendRawStep(ConfigSource Source, string Call, string Hex) : ScenarioStep(Source, Call)
{
    public override string Text => "send raw";
}

/// <summary>What an element must be.</summary>
/// <param name="Value">Exactly this; variables allowed. Null: anything.</param>
/// <param name="Pattern">A regular expression it must match.</param>
/// <param name="Capture">A variable that is given its value.</param>
public sealed record ElementToMatch(ElementId Id, string? Value, string? Pattern, string? Capture, bool IsAbsent, ConfigSource Source);

/// <param name="Frame">Null: a datagram of <paramref name="Kind"/>.</param>
/// <param name="IsRefused">It must not come.</param>
public sealed record ExpectStep(
    ConfigSource Source, string Call, FrameName? Frame, DatagramKind Kind, string Word, IReadOnlyList<ElementToMatch> Elements, HeaderSteps Header, string? Payload, int WithinMs, bool IsOptional, bool IsRefused)
    : ScenarioStep(Source, Call)
{
    public override string Text => $"{(IsRefused ? "expect no" : "expect")} {Word}";
}

/// <param name="ToneHz">0: the file.</param>
/// <param name="ForMs">0: to the end of the file.</param>
public sealed record PlayStep(ConfigSource Source, string Call, int ToneHz, string? File, int ForMs, VoiceForm Form) : ScenarioStep(Source, Call)
{
    public override string Text => ToneHz > 0 ? $"play {ToneHz} Hz" : $"play {File}";
}

/// <summary>Listens for a while; at least so much of it must hold the tone.</summary>
public sealed record MeasureStep(ConfigSource Source, string Call, int ToneHz, int ForMs, int AtLeastMs) : ScenarioStep(Source, Call)
{
    public override string Text => $"measure {ToneHz} Hz";
}

public sealed record PauseStep(ConfigSource Source, int Ms) : ScenarioStep(Source, "")
{
    public override string Text => $"pause {Ms} ms";
}

public sealed record RepeatStep(ConfigSource Source, int Times, IReadOnlyList<ScenarioStep> Steps) : ScenarioStep(Source, "")
{
    public override string Text => $"repeat {Times}";
}

public sealed record ImpairStep(ConfigSource Source, Impairments Impairments) : ScenarioStep(Source, "")
{
    public override string Text => $"impair {Impairments}";
}

/// <summary>Numbers at 0 and 0 and the far end's number forgotten: after a CALLTOKEN.</summary>
public sealed record RestartStep(ConfigSource Source, string Call) : ScenarioStep(Source, Call)
{
    public override string Text => "restart";
}

/// <summary>What a call does by itself from now on; null leaves it.</summary>
public sealed record MannersStep(ConfigSource Source, string Call, bool? Acknowledges, bool? AnswersPings, bool? Repeats, bool? ShowsRepetitions) : ScenarioStep(Source, Call)
{
    public override string Text => "manners";
}

/// <summary>Gives a variable a value.</summary>
public sealed record SetStep(ConfigSource Source, string Name, string Value) : ScenarioStep(Source, "")
{
    public override string Text => $"set {Name}";
}
