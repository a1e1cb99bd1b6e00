using Mesh.Host.Sorry.Http;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The words of customers' pages in one language. What a store or a switch refuses is said in English, by the part that refuses it.</summary>
public sealed record CustomerWords
{
    public required string Tag { get; init; }
    public required string Title { get; init; }
    public required string SkipToContent { get; init; }
    public required string LogIn { get; init; }
    public required string LogOut { get; init; }
    public required string LoggedInAs { get; init; }
    public required string Name { get; init; }
    public required string Password { get; init; }
    public required string WrongLogin { get; init; }
    public required string TooManyLogins { get; init; }
    public required string FormExpired { get; init; }
    public required string Hosts { get; init; }
    public required string Host { get; init; }
    public required string OtherHost { get; init; }
    public required string Open { get; init; }
    public required string NotYours { get; init; }
    public required string Now { get; init; }
    public required string IsOn { get; init; }
    public required string IsOff { get; init; }
    public required string Begins { get; init; }
    public required string Ends { get; init; }
    public required string ByOperator { get; init; }
    public required string UsualPage { get; init; }
    public required string SwitchOff { get; init; }
    public required string SwitchOn { get; init; }
    public required string Upload { get; init; }
    public required string Files { get; init; }
    public required string FilesHint { get; init; }
    public required string Label { get; init; }
    public required string Optional { get; init; }
    public required string Versions { get; init; }
    public required string NoVersions { get; init; }
    public required string Version { get; init; }
    public required string Taken { get; init; }
    public required string Size { get; init; }
    public required string Preview { get; init; }
    public required string NewWindow { get; init; }
    public required string Delete { get; init; }
    public required string Message { get; init; }
    public required string MessageHint { get; init; }
    public required string From { get; init; }
    public required string Until { get; init; }
    public required string TimeHint { get; init; }
    public required string BadTime { get; init; }
    public required string Uploaded { get; init; }
    public required string Dropped { get; init; }
    public required string LeftOut { get; init; }
    public required string Done { get; init; }
    public required string Account { get; init; }
    public required string ChangePassword { get; init; }
    public required string OldPassword { get; init; }
    public required string NewPassword { get; init; }
    public required string NewPasswordAgain { get; init; }
    public required string NotTheSame { get; init; }
    public required string PasswordChanged { get; init; }
    public required string Token { get; init; }
    public required string TokenHint { get; init; }
    public required string MakeToken { get; init; }
    public required string YourToken { get; init; }

    /// <summary>The first is for whoever prefers neither.</summary>
    public static readonly IReadOnlyList<CustomerWords> All = [EnglishCustomerWords.Words, GermanCustomerWords.Words];

    public static CustomerWords For(HttpRequest request)
    {
        string tag = Preferences.Language(request.Headers.AcceptLanguage.ToString()).Tag;
        return All.FirstOrDefault(w => w.Tag == tag) ?? All[0];
    }
}
