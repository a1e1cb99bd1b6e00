namespace Mesh.Iax2.Wire;

/// <summary>
/// Steps through the information elements of an IAX frame (RFC 5456 section 8.1.1.1): identifier, length, data.
/// An element that runs past the end makes the whole frame undecodable: read to the end before believing any of it.
/// </summary>
public ref struct ElementReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> rest = payload;

    public ElementId Id { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        if (rest.IsEmpty) return false;
        if (rest.Length < 2 || rest.Length < 2 + rest[1]) { IsMalformed = true; return false; }
        Id = (ElementId)rest[0];
        Data = rest.Slice(2, rest[1]);
        rest = rest[(2 + Data.Length)..];
        return true;
    }

    /// <summary>Finds an element without reading the others; of several the last. False when there is none, or the payload is malformed.</summary>
    public static bool TryFind(ReadOnlySpan<byte> payload, ElementId id, out ReadOnlySpan<byte> data)
    {
        data = default;
        bool found = false;
        var reader = new ElementReader(payload);
        while (reader.MoveNext())
        {
            if (reader.Id != id) continue;
            data = reader.Data;
            found = true;
        }
        return found && !reader.IsMalformed;
    }

    /// <summary>True when every element lies inside the payload.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> payload)
    {
        var reader = new ElementReader(payload);
        while (reader.MoveNext()) { }
        return !reader.IsMalformed;
    }
}
