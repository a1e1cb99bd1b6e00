using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>A plan while its top level runs: what its words have said so far, and what was wrong with it.</summary>
internal sealed class DialplanDraft(IReadOnlyList<DialplanSource> sources, NameCheck names, DialplanOptions options, IReadOnlySet<(string File, int Line)> straight)
{
    private readonly List<(NumberPattern, DialplanEntry)> extensions = [], inbound = [];
    private readonly List<DialplanError> errors = [];
    private DialplanEntry? otherwise;

    public IReadOnlyList<DialplanError> Errors => errors;

    public void AddExtension(string pattern, Func<Call, Task> handler, string file, int line) =>
        Add(extensions, "Extension", pattern, handler, file, line, () => NumberPatternReader.Extension(pattern));

    public void AddInbound(string number, Func<Call, Task> handler, string file, int line) =>
        Add(inbound, "Inbound", number, handler, file, line, () => NumberPatternReader.Inbound(number, options.HomeCountry));

    public void SetOtherwise(Func<Call, Task> handler, string file, int line)
    {
        if (handler is null) Report("Otherwise", file, line, new("Otherwise has no handler"));
        else if (otherwise is { } first) Report("Otherwise", file, line, new($"Otherwise is said twice; the first is in {first.File}:{first.Line}", "One handler takes every number nothing else matches"));
        else otherwise = Entry("", handler, file, line);
    }

    /// <summary>Notes what is wrong with how a place is written or, when nothing is, with its name.</summary>
    public void Check(Endpoint endpoint, DialplanProblem? written, string word, string file, int line)
    {
        if ((written ?? names.Endpoint(endpoint)) is { } problem) Report(word, file, line, problem);
    }

    /// <summary>The plan as it will be in force; clashes between its numbers are added to <see cref="Errors"/>.</summary>
    public (NumberPatterns Extensions, NumberPatterns Inbound, DialplanEntry? Otherwise) Freeze() =>
        (Freeze(extensions, "Extension"), Freeze(inbound, "Inbound"), otherwise);

    private NumberPatterns Freeze(List<(NumberPattern, DialplanEntry)> entries, string word) => NumberPatterns.Of(entries, (first, second) =>
        Report(word, second.File, second.Line, first.Pattern == second.Pattern
            ? new($"{word}(\"{second.Pattern}\") is said twice; the first is in {first.File}:{first.Line}", "Keep one of them")
            : new($"{word}(\"{second.Pattern}\") and {word}(\"{first.Pattern}\") in {first.File}:{first.Line} match some of the same numbers, and neither is more specific", "Make one of them narrower")));

    private void Add(List<(NumberPattern, DialplanEntry)> entries, string word, string text, Func<Call, Task> handler, string file, int line, Func<NumberPattern> read)
    {
        if (handler is null) { Report(word, file, line, new($"{word}(\"{text}\") has no handler")); return; }
        if (extensions.Count + inbound.Count >= options.MaxEntries)
            throw new DialplanException($"A plan has at most {options.MaxEntries} numbers", "One pattern can stand for many: Extension(\"_2XX\", ...)");
        try { entries.Add((read(), Entry(text, handler, file, line))); }
        catch (DialplanException e) { Report(word, file, line, e.Problem); }
    }

    private DialplanEntry Entry(string pattern, Func<Call, Task> handler, string file, int line) =>
        new(pattern, handler, file, line) { IsStraight = straight.Contains((file, line)) };

    private void Report(string word, string file, int line, DialplanProblem problem)
    {
        // The compiler hands the word its line but not its column: the word itself is looked for there.
        string text = sources.FirstOrDefault(source => source.File == file)?.Line(line) ?? "";
        int column = text.IndexOf(word, StringComparison.Ordinal);
        if (column < 0) column = text.Length - text.TrimStart().Length;
        errors.Add(new(file, line, column + 1, problem.Message, problem.Hint));
    }
}
