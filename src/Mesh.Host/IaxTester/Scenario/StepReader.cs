using Mesh.Host.Config.Text;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>Reads steps. Each is a mapping with one of the words below and what belongs to it.</summary>
internal sealed class StepReader(ConfigProblems problems)
{
    private const int UsualWithinMs = 2_000, UsualForMs = 1_000, MaxRepeats = 100_000;

    private static readonly string[] Words = ["send", "send-raw", "expect", "expect-no", "play", "measure", "pause", "repeat", "impair", "restart", "manners", "set"];

    public IReadOnlyList<ScenarioStep> Steps(ConfigNode? node, ConfigSource where)
    {
        if (node is not ConfigList list)
        {
            problems.Error(node?.Source ?? where, "'steps' is a list", "each line begins with '- send: ...', '- expect: ...'");
            return [];
        }
        var steps = new List<ScenarioStep>();
        foreach (var item in list.Items)
        {
            if (item is not ConfigMap map) problems.Error(item.Source, "a step has keys and values", "for example '- pause: 100ms'");
            else if (Step(map) is { } step) steps.Add(step);
        }
        return steps;
    }

    private ScenarioStep? Step(ConfigMap map)
    {
        var words = Words.Where(w => map.Find(w) is not null).ToList();
        if (words.Count != 1)
        {
            var (source, first) = map.Entries.Count > 0 ? (map.Entries[0].KeySource, map.Entries[0].Key) : (map.Source, "");
            problems.Error(source, words.Count == 0 ? $"'{first}' is no step" : $"one step does one thing, not {string.Join(" and ", words)}", words.Count == 0 ? NearestWord.Hint(first, Words) : "make two steps of it");
            return null;
        }
        var fields = new StepFields(map, problems);
        var step = Read(words[0], fields, fields.Text("call", ""));
        fields.RefuseOthers();
        return step;
    }

    private ScenarioStep? Read(string word, StepFields fields, string call)
    {
        switch (word)
        {
            case "send": return Send(fields, call);
            case "send-raw":
                string hex = fields.Text("send-raw", "");
                if (!hex.Contains("${", StringComparison.Ordinal) && !ElementValue.TryHex(hex, out _)) problems.Error(fields.Node("send-raw")!.Source, "hexadecimal digits, two an octet, are expected");
                return new SendRawStep(fields.Source, call, hex);
            case "expect" or "expect-no": return Expect(fields, call, word);
            case "play": return Play(fields, call);
            case "measure": return Measure(fields, call);
            case "pause": return new PauseStep(fields.Source, fields.Time("pause", 0));
            case "repeat":
                int times = fields.Number("repeat", 1, 1, MaxRepeats);
                return new RepeatStep(fields.Source, times, Steps(fields.Node("steps"), fields.Source));
            case "impair": return Impair(fields);
            case "restart":
                fields.Switch("restart");
                return new RestartStep(fields.Source, call);
            case "manners": return Manners(fields, call);
            default: return Set(fields);
        }
    }

    private SendStep? Send(StepFields fields, string call)
    {
        string word = fields.Text("send", "");
        var header = Header(fields, isMatch: false);
        var elements = Elements(fields).Select(e => new ElementToSend(e.Id, Value(e), e.Node.Source)).ToList();
        foreach (var element in elements.Where(e => !e.Value.Contains("${", StringComparison.Ordinal)))
            if (!ElementValue.TryParse(element.Id, element.Value, out _, out string expected)) problems.Error(element.Source, $"{ElementText.NameOf(element.Id)}: {expected}");
        string? payload = fields.Text("payload");
        if (Name(fields, "send", word) is not { } name) return null;
        if (name.SubclassOctet is null && name.Type == FrameType.Voice) problems.Error(fields.Node("send")!.Source, "which format? 'VOICE ulaw'");
        return new SendStep(fields.Source, call, name, elements, payload, header);
    }

    private ExpectStep? Expect(StepFields fields, string call, string key)
    {
        string word = fields.Text(key, "");
        var kind = word switch { "mini" => DatagramKind.Mini, "trunk" => DatagramKind.Trunk, "anything" => DatagramKind.TooShort, _ => DatagramKind.Full };
        FrameName? name = kind == DatagramKind.Full ? Name(fields, key, word) : null;
        var elements = Elements(fields).Select(Match).ToList();
        var step = new ExpectStep(fields.Source, call, name, kind, word, elements, Header(fields, isMatch: true), fields.Text("payload"), fields.Time("within", UsualWithinMs), fields.Switch("optional") ?? false, key == "expect-no");
        return kind == DatagramKind.Full && name is null ? null : step;
    }

    private FrameName? Name(StepFields fields, string key, string word)
    {
        if (FrameNames.TryParse(word, out var name)) return name;
        problems.Error(fields.Node(key)!.Source, $"there is no frame '{word}'", NearestWord.Of(word.ToUpperInvariant(), FrameNames.Known) is { } near ? $"did you mean '{near}'?" : "for example NEW, RINGING, VOICE ulaw, DTMF 5, TEXT, mini, type 15/3");
        return null;
    }

    private List<(ElementId Id, ConfigNode Node)> Elements(StepFields fields)
    {
        var entries = fields.Node("elements") switch
        {
            ConfigMap map => map.Entries,
            // A list holds an element more than once.
            ConfigList list => list.Items.OfType<ConfigMap>().SelectMany(m => m.Entries),
            null => [],
            var other => Wrong(other),
        };
        var elements = new List<(ElementId, ConfigNode)>();
        foreach (var entry in entries)
        {
            if (ElementText.TryParseName(entry.Key, out var id)) elements.Add((id, entry.Value));
            else problems.Error(entry.KeySource, $"there is no element '{entry.Key}'", NearestWord.Of(entry.Key.ToUpperInvariant(), ElementText.Known) is { } near ? $"did you mean '{near}'?" : "any is 'element 200'");
        }
        return elements;

        IEnumerable<ConfigEntry> Wrong(ConfigNode node)
        {
            problems.Error(node.Source, "'elements' has keys and values", "for example { VERSION: 2, CALLED_NUMBER: 600 }");
            return [];
        }
    }

    private string Value((ElementId Id, ConfigNode Node) element)
    {
        if (element.Node is ConfigScalar scalar) return scalar.Text;
        problems.Error(element.Node.Source, $"{ElementText.NameOf(element.Id)} is one value to send");
        return "";
    }

    private ElementToMatch Match((ElementId Id, ConfigNode Node) element)
    {
        if (element.Node is ConfigScalar scalar) return new ElementToMatch(element.Id, scalar.Text == "*" ? null : scalar.Text, null, null, false, element.Node.Source);
        if (element.Node is not ConfigMap map)
        {
            problems.Error(element.Node.Source, "a value, '*', or { value, matches, capture, absent } is expected");
            return new ElementToMatch(element.Id, null, null, null, false, element.Node.Source);
        }
        var fields = new StepFields(map, problems);
        string? pattern = fields.Text("matches");
        if (pattern is not null && !IsPattern(pattern)) problems.Error(fields.Node("matches")!.Source, $"'{pattern}' is no regular expression");
        var match = new ElementToMatch(element.Id, fields.Text("value"), pattern, fields.Text("capture"), fields.Switch("absent") ?? false, element.Node.Source);
        fields.RefuseOthers();
        return match;
    }

    private HeaderSteps Header(StepFields fields, bool isMatch)
    {
        if (fields.Map("header") is not { } map) return HeaderSteps.None;
        var header = new StepFields(map, problems);
        var found = new HeaderSteps(header.Text("source"), header.Text("destination"), header.Text("ts"), header.Text("oseqno"), header.Text("iseqno"), header.Switch("repetition") ?? false);
        foreach (string key in (string[])["source", "destination", "ts", "oseqno", "iseqno"])
            if (header.Text(key) is { } text && !text.Contains("${", StringComparison.Ordinal) && !(isMatch && text.StartsWith("capture ", StringComparison.Ordinal)) && !ElementValue.TryNumber(text, out _))
                problems.Error(header.Node(key)!.Source, $"'{key}' is a number{(isMatch ? ", or 'capture NAME'" : "")}");
        header.RefuseOthers();
        return found;
    }

    private PlayStep Play(StepFields fields, string call)
    {
        var play = new StepFields(fields.Map("play") ?? new ConfigMap(fields.Source, []), problems);
        int tone = play.Number("tone", 0, 100, 3_400);
        string? file = play.Text("file");
        var form = play.Text("as", "minis") switch { "minis" => VoiceForm.Minis, "trunk" => VoiceForm.Trunk, "trunk-timestamps" => VoiceForm.TrunkWithTimestamps, _ => (VoiceForm?)null };
        if (form is null) problems.Error(play.Node("as")!.Source, "'as' is minis, trunk or trunk-timestamps");
        if (tone == 0 == (file is null)) problems.Error(fields.Source, "'play' has a tone or a file", "play: { tone: 440, for: 2s }");
        int ms = play.Time("for", tone > 0 ? UsualForMs : 0);
        play.RefuseOthers();
        return new PlayStep(fields.Source, call, tone, file, ms, form ?? VoiceForm.Minis);
    }

    private MeasureStep Measure(StepFields fields, string call)
    {
        var measure = new StepFields(fields.Map("measure") ?? new ConfigMap(fields.Source, []), problems);
        int tone = measure.Number("tone", 0, 100, 3_400), ms = measure.Time("for", UsualForMs), least = measure.Time("at-least", ms / 2);
        if (tone == 0) problems.Error(fields.Source, "'measure' has a tone", "measure: { tone: 440, for: 2s }");
        measure.RefuseOthers();
        return new MeasureStep(fields.Source, call, tone, ms, least);
    }

    private ImpairStep Impair(StepFields fields)
    {
        string text = fields.Text("impair", "");
        if (ImpairmentText.TryParse(text == "none" ? "" : text, out var impairments, out string? error)) return new ImpairStep(fields.Source, impairments);
        problems.Error(fields.Node("impair")!.Source, error);
        return new ImpairStep(fields.Source, Impairments.None);
    }

    private MannersStep Manners(StepFields fields, string call)
    {
        var manners = new StepFields(fields.Map("manners") ?? new ConfigMap(fields.Source, []), problems);
        var step = new MannersStep(fields.Source, call, manners.Switch("acknowledge"), manners.Switch("answer-pings"), manners.Switch("repeat"), manners.Switch("show-repetitions"));
        manners.RefuseOthers();
        return step;
    }

    private SetStep? Set(StepFields fields)
    {
        if (fields.Map("set") is not { Entries: [{ Value: ConfigScalar value } entry] }) { problems.Error(fields.Source, "'set' gives one variable a value", "set: { number: 600 }"); return null; }
        return new SetStep(fields.Source, entry.Key, value.Text);
    }

    private static bool IsPattern(string pattern)
    {
        try { return System.Text.RegularExpressions.Regex.IsMatch("", pattern) || true; }
        catch (ArgumentException) { return false; }
    }
}
