using Mesh.Iax2.Ciphers;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Ciphers;

/// <summary>Encrypted frames computed with another implementation of AES: prefix a0 a1 ..., key of challenge 104729381 and secret s3cret.</summary>
public class GoldenEncryptionTests
{
    private static readonly byte[] Prefix = [.. Enumerable.Range(0xA0, EncryptedFrame.MaxPrefix).Select(octet => (byte)octet)];

    [Theory]
    [InlineData("AUTHREP", 4, 22, "92340abc000000290101060910203461353333343264303662633837613066366334343633303036373334303234",
        "92340abcb94c5eb9f2e463eec3e345a3767da04860fe170120352f5208e9fb3a3f4583f270032434f0f1d0a5aa1e6f6b1e4328ae242a81f6561c34edb946dbae7bba8991")]
    [InlineData("mini G.729", 2, 26, "12340a00000102030405060708090a0b0c0d0e0f10111213",
        "123443d19640145adcdee3324758c6e355e06b73e2d9c832fb62d0524907f4239227fae7216a17c541b4c7b2f8ba7e2567df")]
    [InlineData("RTKEY", 4, 22, "8abc123400000a00050406270f10590da5e2c75bf74e01f18d85bca810ea",
        "8abc1234b94c5eb9f2e463eec3e345a3767da048318ebfa5e82fd3e4d7f9ee6c4c26e6d95e7399763d681994fb19cc3ff26eb528")]
    [InlineData("ACK", 4, 24, "92340abc0000001c02020604", "92340abc37bd1022af7c1fdf3b6fe3bcca52b627867cad3d95ed29d6d77a21ec964a11f0")]
    public void Frames_are_encrypted_and_decrypted_as_computed(string frame, int clear, int prefixLength, string plain, string wire)
    {
        Assert.NotEmpty(frame);
        var encryptor = new FrameEncryptor(Key(), new SeededChance(1));
        var decryptor = new FrameDecryptor(Key());
        // Three times each: nothing of one message may show in the next.
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Hex.Parse(wire), encryptor.Encrypt(Hex.Parse(plain), clear, Prefix).ToArray());
            Assert.True(decryptor.TryDecrypt(Hex.Parse(wire), clear, 2, out var prefix, out var rest));
            Assert.Equal(Hex.Parse(plain)[clear..], rest.ToArray());
            Assert.Equal(prefixLength, prefix.Length);
            Assert.Equal(Prefix[..15], prefix[..15].ToArray());
            Assert.Equal((byte)(0xA0 | (prefixLength & 0xF)), prefix[15]);
            Assert.NotEqual(Hex.Parse(wire), encryptor.Encrypt(Hex.Parse(plain), clear).ToArray());
        }
    }

    [Fact]
    public void The_key_is_the_digest_of_challenge_and_secret()
    {
        Assert.Equal("4a53342d06bc87a0f6c4463006734024", Convert.ToHexStringLower(Key()));
        // An Asterisk draws a new key from the text of a number, with no secret behind it.
        var rotated = new byte[16];
        Authentication.Digest("6B8B4567"u8, "", rotated);
        Assert.Equal("590da5e2c75bf74e01f18d85bca810ea", Convert.ToHexStringLower(rotated));
    }

    [Theory]
    [InlineData(12, 4, 36)]
    [InlineData(164, 2, 194)]
    [InlineData(24, 2, 50)]
    [InlineData(37, 2, 66)]
    public void Sizes_are_as_known(int plain, int clear, int wire)
    {
        var encryptor = new FrameEncryptor(Key(), new SeededChance(1));
        Assert.Equal(wire, encryptor.Encrypt(new byte[plain], clear).Length);
    }

    [Fact]
    public void What_no_key_can_have_made_is_refused()
    {
        var decryptor = new FrameDecryptor(Key());
        for (int length = 0; length < 300; length++)
        {
            bool isPossible = length >= 36 && (length - 4) % 16 == 0;
            bool taken = decryptor.TryDecrypt(new byte[length], 4, EncryptedFrame.LeastRestOfFull, out _, out var rest);
            if (!isPossible) Assert.False(taken);
            if (taken) Assert.True(rest.Length >= EncryptedFrame.LeastRestOfFull);
        }
        Assert.False(decryptor.TryDecrypt(new byte[4 + 4096], 4, EncryptedFrame.LeastRestOfFull, out _, out _));
        Assert.False(decryptor.TryDecrypt(new byte[4 + 65_504], 4, EncryptedFrame.LeastRestOfFull, out _, out _));
    }

    [Fact]
    public void Frames_of_any_length_come_back_and_no_datagram_repeats()
    {
        var chance = new SeededChance(7);
        var encryptor = new FrameEncryptor(Key(), chance);
        var decryptor = new FrameDecryptor(Key());
        var seen = new HashSet<string>();
        for (int length = 12; length < 700; length++)
        {
            var frame = new byte[length];
            chance.Fill(frame);
            byte[] wire = encryptor.Encrypt(frame, 4).ToArray();
            Assert.True(decryptor.TryDecrypt(wire, 4, 8, out _, out var rest));
            Assert.Equal(frame[4..], rest.ToArray());
            Assert.True(seen.Add(Convert.ToHexString(wire.AsSpan(4, 16))));
            Assert.True(seen.Add(Convert.ToHexString(encryptor.Encrypt(frame, 4).Slice(4, 16))));
        }
    }

    private static byte[] Key()
    {
        var key = new byte[16];
        Authentication.Digest("104729381"u8, "s3cret", key);
        return key;
    }
}
