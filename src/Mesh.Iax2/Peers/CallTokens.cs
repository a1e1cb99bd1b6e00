using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>
/// Proof that a source address receives what is sent to it, without keeping anything: HMAC-SHA-256 over the address and the time in slots, cut short and printable.
/// Good in the slot it was made and the next. Short on purpose: a reply to an address that proved nothing should not be larger than what came from there.
/// </summary>
public sealed class CallTokens
{
    /// <summary>Characters of a token: 72 bits.</summary>
    public const int TokenLength = 12;

    /// <summary>The least of them that still proves something, for a request with room for no more: 48 bits, each good for one or two slots.</summary>
    public const int ShortestToken = 8;

    /// <summary>Characters of a registration challenge: 96 bits.</summary>
    public const int ChallengeLength = 16;

    private readonly byte[] key = new byte[32];
    private readonly MeshClock clock;
    private readonly int slotMs;

    public CallTokens(IChance chance, MeshClock clock, int slotMs)
    {
        chance.Fill(key);
        this.clock = clock;
        this.slotMs = slotMs;
    }

    private long Slot => clock.NowMs / slotMs;

    /// <summary>Writes the token of an address, or as much of it as there is room for.</summary>
    public void Write(NetAddress address, Span<byte> token)
    {
        Span<byte> whole = stackalloc byte[TokenLength];
        Make('T', address, 0, "", Slot, whole);
        whole[..Math.Min(token.Length, TokenLength)].CopyTo(token);
    }

    /// <summary>In constant time.</summary>
    public bool Verify(NetAddress address, ReadOnlySpan<byte> token)
    {
        if (token.Length is < ShortestToken or > TokenLength) return false;
        Span<byte> now = stackalloc byte[TokenLength], before = stackalloc byte[TokenLength];
        Make('T', address, 0, "", Slot, now);
        Make('T', address, 0, "", Slot - 1, before);
        return CryptographicOperations.FixedTimeEquals(token, now[..token.Length]) | CryptographicOperations.FixedTimeEquals(token, before[..token.Length]);
    }

    /// <summary>The challenge of a registration, made anew when the answer comes: <paramref name="age"/> 0 for this slot, 1 for the one before.</summary>
    public byte[] Challenge(NetAddress address, ushort callNumber, string username, int age)
    {
        var challenge = new byte[ChallengeLength];
        Make('C', address, callNumber, username, Slot - age, challenge);
        return challenge;
    }

    /// <summary>A number below <paramref name="count"/>, always the same for a name.</summary>
    public int Pick(string username, int count)
    {
        Span<byte> text = stackalloc byte[8];
        Make('P', default, 0, username, 0, text);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(text) % (uint)count);
    }

    private void Make(char purpose, NetAddress address, ushort callNumber, string username, long slot, Span<byte> text)
    {
        Span<byte> input = stackalloc byte[29 + ElementWriter.MaxData * 3];
        input[0] = (byte)purpose;
        address.WriteIPv6(input[1..]);
        BinaryPrimitives.WriteUInt16BigEndian(input[17..], address.Port);
        BinaryPrimitives.WriteUInt16BigEndian(input[19..], callNumber);
        BinaryPrimitives.WriteInt64BigEndian(input[21..], slot);
        int length = 29 + Encoding.UTF8.GetBytes(username, input[29..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input[..length], mac);
        Base64Url.EncodeToUtf8(mac[..(text.Length * 3 / 4)], text, out _, out _);
    }
}
