using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>
/// What a plan can see: the language itself, text, collections and LINQ. Taken from the assemblies as loaded, so that it works wherever the program was put,
/// a single file included. Networks, files and processes are mostly out of sight; what the core library shows of them the rules refuse.
/// </summary>
internal static class ScriptReferences
{
    private static readonly string[] Names =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Text.RegularExpressions", "System.Collections.Immutable",
    ];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Made = new(() =>
        [.. Names.Select(name => Of(Assembly.Load(name))), Of(typeof(Call).Assembly), Of(typeof(Media.AudioCodec).Assembly), Of(typeof(Io.Loop).Assembly)]);

    /// <summary>Made once: reading the metadata is a good part of the first compilation.</summary>
    public static IReadOnlyList<MetadataReference> All => Made.Value;

    private static unsafe MetadataReference Of(Assembly assembly)
    {
        if (!assembly.TryGetRawMetadata(out byte* blob, out int length)) throw new InvalidOperationException($"{assembly.GetName().Name} has no metadata to compile against");
        var module = ModuleMetadata.CreateFromMetadata((nint)blob, length);
        return AssemblyMetadata.Create(module).GetReference(display: assembly.GetName().Name);
    }
}
