namespace Mesh.Host.Config.Model;

/// <summary>Sorry over the telephone.</summary>
/// <param name="Speech">The program that says messages, see <see cref="Mesh.Host.Sorry.Phone.Speech"/>.</param>
/// <param name="Voice">Its voice.</param>
/// <param name="Announcements">Callers who hear one at once.</param>
public sealed record SorryPhoneConfig(string Speech = Mesh.Host.Sorry.Phone.Speech.DefaultProgram, string Voice = Mesh.Host.Sorry.Phone.Speech.DefaultVoice, int Announcements = 200);
