using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mesh.Host.IaxTester.Raw;
using Mesh.Iax2.Wire;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>Whether a frame is what a step expects, and what it tells.</summary>
internal sealed class FrameMatch
{
    private const string CaptureWord = "capture ";

    private readonly ExpectStep step;
    private readonly ScenarioVariables variables;
    private readonly HeaderSteps header;
    private readonly string? payload;
    private readonly List<(ElementToMatch Element, string? Value)> elements = [];

    public FrameMatch(ExpectStep step, ScenarioVariables variables)
    {
        (this.step, this.variables) = (step, variables);
        header = new HeaderSteps(Fill(step.Header.Source), Fill(step.Header.Destination), Fill(step.Header.Timestamp), Fill(step.Header.OutSequence), Fill(step.Header.InSequence), step.Header.IsRetransmission);
        payload = Fill(step.Payload);
        foreach (var element in step.Elements) elements.Add((element, Fill(element.Value)));
    }

    /// <summary>A variable without a value; null when all is well.</summary>
    public string? Fault { get; private set; }

    public bool Fits(SeenFrame frame) => IsNear(frame) && WhyNot(frame) is null;

    /// <summary>The right word, whatever is in it.</summary>
    public bool IsNear(SeenFrame frame) => step.Kind switch
    {
        DatagramKind.TooShort => !frame.Is(IaxCommand.Ack),
        DatagramKind.Full => frame.IsFull && frame.Type == step.Frame!.Value.Type && (step.Frame.Value.SubclassOctet is not { } octet || SubclassCoding.Decode(octet) == frame.Subclass),
        _ => frame.Kind == step.Kind,
    };

    /// <summary>The first thing that is otherwise; null when nothing is.</summary>
    public string? WhyNot(SeenFrame frame)
    {
        foreach (var (field, text, value) in HeaderMatch.Fields(header, frame))
            if (text is not null && !text.StartsWith(CaptureWord, StringComparison.Ordinal) && ElementValue.TryNumber(text, out ulong wanted) && wanted != value) return $"its {field} is {value}";
        if (header.IsRetransmission && !frame.IsRetransmission) return "it has no R bit";
        if (payload is not null && Text(frame) != payload) return $"it says \"{Text(frame)}\"";
        foreach (var (element, value) in elements)
            if (WhyNot(frame, element, value) is { } reason) return reason;
        return null;
    }

    public void Capture(SeenFrame frame)
    {
        foreach (var (_, text, value) in HeaderMatch.Fields(header, frame))
            if (text?.StartsWith(CaptureWord, StringComparison.Ordinal) == true) variables[text[CaptureWord.Length..].Trim()] = value.ToString(CultureInfo.InvariantCulture);
        foreach (var (element, _) in elements)
            if (element.Capture is { } name && frame.Find(element.Id) is { } data) variables[name] = ElementText.Value(element.Id, data);
    }

    private static string? WhyNot(SeenFrame frame, ElementToMatch element, string? value)
    {
        string name = ElementText.NameOf(element.Id);
        var data = frame.Find(element.Id);
        if (element.IsAbsent) return data is null ? null : $"it has {name}";
        if (data is null) return $"it has no {name}";
        string text = ElementText.Value(element.Id, data);
        if (value is not null && !(ElementValue.TryParse(element.Id, value, out byte[] wanted, out _) ? data.AsSpan().SequenceEqual(wanted) : text == value)) return $"{name} is \"{text}\"";
        return element.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) ? $"{name} is \"{text}\"" : null;
    }

    private static string Text(SeenFrame frame) => Encoding.UTF8.GetString(frame.Payload).TrimEnd('\0');

    private string? Fill(string? text)
    {
        if (text is null) return null;
        string? filled = variables.Fill(text, out string? missing);
        if (missing is not null) Fault ??= $"nothing has given the variable '{missing}' a value";
        return filled ?? "";
    }
}
