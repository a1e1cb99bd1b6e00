using System.Text.Json;
using Mesh.Host.Admin;

namespace Mesh.Host.Commands;

/// <summary>Where a command speaks: data on <paramref name="Out"/>, everything else on <paramref name="Error"/>.</summary>
/// <param name="Environment">The process's variables.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, IReadOnlyDictionary<string, string> Environment)
{
    public static readonly JsonSerializerOptions Json = new(AdminListener.Json) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Terminal OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry v in System.Environment.GetEnvironmentVariables()) variables[(string)v.Key] = (string?)v.Value ?? "";
        return new Terminal(System.Console.Out, System.Console.Error, variables);
    }

    public void WriteJson<T>(T value) => Out.WriteLine(JsonSerializer.Serialize(value, Json));
}
