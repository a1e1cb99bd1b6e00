namespace Mesh.Iax2.Tests.Support;

internal static class Hex
{
    public static byte[] Parse(string text) => Convert.FromHexString(string.Concat(text.Where(char.IsAsciiHexDigit)));
}
