using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Console.Forms;

/// <summary>
/// Proves that a form was made by this console for the browser that sends it: HMAC-SHA-256, under a key of this run, of the browser's cookie. A page from elsewhere can have the cookie
/// sent but cannot read it; and with a new session id the old forms are worth nothing.
/// </summary>
public sealed class FormKeys(byte[] key)
{
    /// <summary>The name of the hidden field.</summary>
    public const string Field = "form";

    public string Of(string cookie) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("form\n" + cookie)));

    public bool IsOf(string cookie, string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(cookie)), Encoding.UTF8.GetBytes(given));
}
