using Mesh.Host.Config.Scalars;
using Mesh.Host.Sorry.Phone;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Config.Shapes;

/// <summary>Sorry by itself and over the telephone, and the alarms that begin it.</summary>
public static class SorrySchema
{
    /// <summary>A host, a domain or all names below one, in its one spelling.</summary>
    public static readonly Scalar<string> Host = new("a host or domain", "www.example.org", "",
        static (string text, out string value, out string why) =>
        {
            why = "a name like www.example.org or *.example.org";
            value = SorryTarget.Parse(text) ?? "";
            return value.Length > 0 && value != SorryTarget.Everything && !SorryTarget.IsNumber(value);
        });

    public static readonly Scalar<string> Recording = new("a sound", "sounds/closed.wav", "",
        static (string text, out string value, out string why) =>
        {
            why = "a file of the bundle's sounds, sounds/NAME.wav";
            value = SorryRecording.Parse(text) ?? "";
            return value.Length > 0;
        });

    /// <summary>One line for the public.</summary>
    public static readonly Scalar<string> Message = new("a message", "We are moving house.", "",
        static (string text, out string value, out string why) =>
        {
            why = $"one line of at most {new SorryLimits().MessageLength} characters";
            value = text;
            return text.Trim().Length > 0 && text.Length <= new SorryLimits().MessageLength && !text.Any(char.IsControl);
        });

    public static readonly Scalar<int> Announcements = Numbers.Count(1, 100_000);
    public static readonly Scalar<TimeSpan> After = Numbers.Duration(TimeSpan.Zero, TimeSpan.FromHours(1));

    public static readonly SectionShape Automatic = new("automatic",
    [
        new("hosts", new ListShape(new ScalarShape(Host)), "Answered with a page."),
        new("domains", new ListShape(new ScalarShape(Host)), "Their mail is told to wait (450)."),
        new("numbers", new ListShape(new ScalarShape(Telephony.PublicNumber)), "Calls to them from outside hear an announcement."),
        new("message", new ScalarShape(Message), "Told to whoever asks; spoken where espeak-ng is installed."),
        new("recording", new ScalarShape(Recording), "The announcement, instead of the message."),
    ]);

    public static readonly SectionShape Phone = new("phone",
    [
        new("speech", new ScalarShape(Words.FilePath), "The program that says messages; one that takes espeak-ng's options.") { Default = Speech.DefaultProgram },
        new("voice", new ScalarShape(Words.Name), "Its voice.") { Default = Speech.DefaultVoice },
        new("announcements", new ScalarShape(Announcements), "Callers who hear one at once; more are refused with 503.") { Default = "200" },
    ]);

    public static readonly SectionShape Alarms = new("alarms",
    [
        new("after", new ScalarShape(After), "A site that is not reached for this long is an alarm.") { Default = "2s" },
        new("clear_after", new ScalarShape(After), "What is well again for this long is none any more.") { Default = "15s" },
    ]);
}
