using Mesh.Dialplan.Language;

namespace Mesh.Host.Config.Scalars;

/// <summary>Numbers people dial.</summary>
public static class Telephony
{
    /// <summary>The country that numbers without one belong to.</summary>
    public const string HomeCountry = "44";

    /// <summary>A number of our own: digits, <c>*</c> and <c>#</c>.</summary>
    public static readonly Scalar<string> Extension = new("an extension", "301", "^[0-9*#]{1,15}$",
        static (string text, out string value, out string why) =>
        {
            why = "one to fifteen digits, '*' or '#'";
            value = text;
            return text.Length is > 0 and <= 15 && text.AsSpan().IndexOfAnyExcept("0123456789*#") < 0;
        });

    /// <summary>A number of the public network in E.164; the national forms are read too.</summary>
    public static readonly Scalar<string> PublicNumber = new("a telephone number", "\"+442079460123\"", "^[+0-9 ()-]+$",
        static (string text, out string value, out string why) =>
        {
            why = "E.164, with '+' and the country: at most 15 digits";
            value = ToE164(text);
            return value.StartsWith('+') && value.Length is >= 8 and <= 16 && value.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        });

    /// <summary>The one spelling of a public number in any of its forms; an extension stays as it is.</summary>
    public static string ToE164(string text) => PhoneNumber.ToE164(text, HomeCountry);
}
