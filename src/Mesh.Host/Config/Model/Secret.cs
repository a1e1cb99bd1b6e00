using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Host.Config.Model;

/// <summary>A password or key. Nothing that prints, logs or serialises it shows it: only <see cref="Reveal"/> does, where a protocol needs it.</summary>
[JsonConverter(typeof(Redacted))]
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly byte[] octets = Encoding.UTF8.GetBytes(value);

    public string Reveal() => Encoding.UTF8.GetString(octets);

    public ReadOnlySpan<byte> RevealOctets() => octets;

    /// <summary>In a time that does not tell where two secrets differ.</summary>
    public bool Equals(Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(octets, other.octets);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => 0;

    public override string ToString() => "(secret)";

    private sealed class Redacted : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("secrets are not read from JSON");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("(secret)");
    }
}
