using System.Globalization;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>Plays a scenario against a server, step after step, on a loop. The first step that fails ends it.</summary>
public sealed class ScenarioRun : IDisposable
{
    private readonly Loop loop;
    private readonly NetAddress server;
    private readonly ScenarioFile file;
    private readonly Func<IDatagramSocket> bind;
    private readonly VoiceFormat format;
    private readonly Dictionary<string, (RawWire Wire, ImpairedSocket Socket)> wires = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (RawWire Wire, RawDialog Dialog)> calls = new(StringComparer.Ordinal);
    private readonly List<RawVoice> voices = [];
    private readonly List<StepResult> results = [];
    private readonly long beganMicros;
    private int steps;

    /// <param name="bind">Makes a bare socket of the loop.</param>
    /// <param name="format">In which voice is spoken.</param>
    public ScenarioRun(Loop loop, NetAddress server, ScenarioFile file, Func<IDatagramSocket> bind, VoiceFormat format)
    {
        (this.loop, this.server, this.file, this.bind, this.format) = (loop, server, file, bind, format);
        beganMicros = loop.Clock.NowMicros;
        foreach (var (name, value) in file.Variables) Variables[name] = value;
    }

    /// <summary>Those of the file, and what the command line gives.</summary>
    public ScenarioVariables Variables { get; } = new();

    /// <summary>In force from the beginning, until a step says otherwise.</summary>
    public Impairments Impairments { get; set; } = Impairments.None;

    /// <summary>Told of each step as it ends.</summary>
    public Action<StepResult>? OnStep { get; init; }

    public IReadOnlyList<StepResult> Results => results;

    public IEnumerable<SeenFrame> Ladder => wires.Values.SelectMany(w => w.Wire.Ladder).OrderBy(f => f.AtMicros);

    /// <summary>True when every step did what it says.</summary>
    public Task<bool> RunAsync(CancellationToken stop = default) => RunAsync(file.Steps, stop);

    public void Dispose()
    {
        foreach (var voice in voices) voice.Stop();
        foreach (var (wire, _) in wires.Values) wire.Dispose();
    }

    private async Task<bool> RunAsync(IReadOnlyList<ScenarioStep> list, CancellationToken stop)
    {
        foreach (var step in list)
        {
            if (stop.IsCancellationRequested) return Tell(step, "failed", "stopped");
            if (++steps > ScenarioFile.MaxSteps) return Tell(step, "failed", $"more than {ScenarioFile.MaxSteps} steps");
            if (step is RepeatStep repeat)
            {
                for (int i = 0; i < repeat.Times; i++)
                    if (!await RunAsync(repeat.Steps, stop)) return false;
                continue;
            }
            string? fault = await DoAsync(step);
            bool isAbsent = fault is not null && step is ExpectStep { IsOptional: true };
            Tell(step, fault is null ? "ok" : isAbsent ? "absent" : "failed", fault ?? "");
            if (fault is not null && !isAbsent) return false;
        }
        return true;
    }

    /// <summary>Null, or what is wrong.</summary>
    private async Task<string?> DoAsync(ScenarioStep step)
    {
        switch (step)
        {
            case SendStep send: return Send(send);
            case SendRawStep raw:
                if (Fill(raw.Hex, out string? missing) is not { } hex) return missing;
                if (!ElementValue.TryHex(hex, out byte[] octets)) return $"'{hex}' is not hexadecimal";
                CallOf(raw).Wire.Send(octets);
                return null;
            case ExpectStep expect: return await ExpectAsync(expect);
            case PlayStep play: return Play(play);
            case MeasureStep measure: return await MeasureAsync(measure);
            case PauseStep pause: await LoopWork.Pause(loop, pause.Ms); return null;
            case ImpairStep impair:
                Impairments = impair.Impairments;
                foreach (var (_, socket) in wires.Values) socket.Replace(Impairments);
                return null;
            case RestartStep restart: CallOf(restart).Dialog.Restart(); return null;
            case MannersStep manners: Behave(CallOf(manners).Dialog, manners); return null;
            case SetStep set:
                if (Fill(set.Value, out string? unknown) is not { } value) return unknown;
                Variables[set.Name] = value;
                return null;
            default: return $"{step.GetType().Name} is no step";
        }
    }

    private string? Send(SendStep step)
    {
        var dialog = CallOf(step).Dialog;
        var writer = new ElementWriter(new byte[4_000]);
        foreach (var element in step.Elements)
        {
            if (Fill(element.Value, out string? missing) is not { } value) return missing;
            if (!ElementValue.TryParse(element.Id, value, out byte[] data, out string expected)) return $"{ElementText.NameOf(element.Id)} '{value}': {expected}";
            writer.Add(element.Id, data);
        }
        if (writer.Overflowed) return "more elements than a datagram holds";
        byte[] payload = writer.Written.ToArray();
        if (step.Payload is { } text)
        {
            if (Fill(text, out string? missing) is not { } filled) return missing;
            if (filled.StartsWith("hex ", StringComparison.Ordinal)) { if (!ElementValue.TryHex(filled[4..], out payload)) return $"'{filled}' is not hexadecimal"; }
            else payload = System.Text.Encoding.UTF8.GetBytes(filled + (step.Frame.Type == FrameType.Text ? "\0" : ""));
        }
        if (HeaderMatch.ToSend(step.Header, text => Fill(text, out _), out var deviation) is { } fault) return fault;
        dialog.Send(step.Frame.Type, step.Frame.SubclassOctet ?? 0, payload, deviation);
        return null;
    }

    private async Task<string?> ExpectAsync(ExpectStep step)
    {
        var inbox = CallOf(step).Dialog.Inbox;
        var match = new FrameMatch(step, Variables);
        if (match.Fault is { } fault) return fault;
        var frame = await inbox.Next(match.Fits, step.WithinMs);
        if (step.IsRefused) return frame is null ? null : $"{FrameText.Line(frame)[2..]} came";
        if (frame is null) return $"it did not come within {step.WithinMs} ms{Instead(inbox, match)}";
        match.Capture(frame);
        return null;
    }

    private string? Play(PlayStep step)
    {
        var (wire, dialog) = CallOf(step);
        ISoundSource sound;
        if (step.ToneHz > 0) sound = new Sound(ToneGenerator.Sine(step.ToneHz, 1_000)).PlayEndless();
        else
        {
            if (Fill(step.File!, out string? missing) is not { } path) return missing;
            try { if (!WavFile.TryRead(File.ReadAllBytes(path), out var wav, out string? error)) return $"{path}: {error}"; else sound = wav.ToSound().Play(); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return e.Message; }
        }
        voices.Add(RawVoice.Begin(wire, dialog, format, sound, step.Form, step.ForMs));
        return null;
    }

    private async Task<string?> MeasureAsync(MeasureStep step)
    {
        var inbox = CallOf(step).Dialog.Inbox;
        inbox.Forget();
        await LoopWork.Pause(loop, step.ForMs);
        int heard = inbox.Kept.Count(f => ToneEar.Hears(f, step.ToneHz)) * Mesh.Media.AudioCodecs.FrameMs;
        return heard >= step.AtLeastMs ? null : string.Create(CultureInfo.InvariantCulture, $"{step.ToneHz} Hz was heard for {heard} ms of {step.ForMs}, {step.AtLeastMs} were wanted");
    }

    private static void Behave(RawDialog dialog, MannersStep step)
    {
        dialog.Acknowledges = step.Acknowledges ?? dialog.Acknowledges;
        dialog.AnswersPings = step.AnswersPings ?? dialog.AnswersPings;
        dialog.Repeats = step.Repeats ?? dialog.Repeats;
        dialog.ShowsRepetitions = step.ShowsRepetitions ?? dialog.ShowsRepetitions;
    }

    /// <summary>The call of a step; one that is named for the first time begins.</summary>
    private (RawWire Wire, RawDialog Dialog) CallOf(ScenarioStep step)
    {
        if (calls.TryGetValue(step.Call, out var known)) return known;
        string name = file.Sockets.GetValueOrDefault(step.Call, "");
        if (!wires.TryGetValue(name, out var wire))
        {
            var socket = new ImpairedSocket(loop, bind(), null, Impairments);
            wires[name] = wire = (new RawWire(loop, socket, server), socket);
        }
        var dialog = wire.Wire.Open();
        Variables[step.Call.Length == 0 ? "source" : $"{step.Call}_source"] = dialog.LocalNumber.ToString(CultureInfo.InvariantCulture);
        return calls[step.Call] = (wire.Wire, dialog);
    }

    private string? Fill(string text, out string? fault)
    {
        string? filled = Variables.Fill(text, out string? missing);
        fault = missing is null ? null : $"nothing has given the variable '{missing}' a value";
        return filled;
    }

    private static string Instead(FrameWait inbox, FrameMatch match)
    {
        var near = inbox.Kept.LastOrDefault(match.IsNear);
        if (near is not null) return $"; {FrameText.Line(near)[2..]} came, but {match.WhyNot(near)}";
        var came = inbox.Kept.Where(f => !f.Is(IaxCommand.Ack)).Select(FrameNames.Of).Distinct().ToList();
        return came.Count == 0 ? "" : $"; {string.Join(", ", came)} came";
    }

    private bool Tell(ScenarioStep step, string result, string detail)
    {
        var told = new StepResult(step.Source.ToString(), step.Text, result, detail, (loop.Clock.NowMicros - beganMicros) / 1000.0);
        results.Add(told);
        OnStep?.Invoke(told);
        return false;
    }
}
