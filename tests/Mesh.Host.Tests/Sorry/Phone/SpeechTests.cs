using Mesh.Host.Sorry.Phone;
using Mesh.Media;
using Mesh.Media.Codecs;
using Mesh.Media.Sounds;

namespace Mesh.Host.Tests.Sorry.Phone;

/// <summary>Announcements made of text by espeak-ng, of recordings, and of nothing.</summary>
public sealed class SpeechTests : IDisposable
{
    private const string Espeak = "/usr/bin/espeak-ng";
    private readonly string folder = Directory.CreateTempSubdirectory("mesh-prompts-").FullName;

    private string Sounds => Path.Combine(folder, "sounds");

    private string Kept => Path.Combine(folder, "prompts");

    public SpeechTests() => Directory.CreateDirectory(Sounds);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_message_is_spoken_once_and_then_kept()
    {
        Assert.True(File.Exists(Espeak), $"{Espeak} is not here: apt-get install espeak-ng (./test.sh does it as root)");
        var (said, fault) = await Maker(Speech.DefaultProgram).SpokenAsync("We are moving house. We are back at four.", default);
        Assert.True(said is not null, fault);
        Assert.InRange(said.Duration.TotalSeconds, 1.5, 8);
        Assert.True(Loudest(said) > 2_000, "nothing is heard");
        Assert.Single(Directory.GetFiles(Kept, "*.wav"));
        // Without the program: only what was kept can be the answer. The name is part of what it is kept by, so the kept file is put where the other program's would be.
        var (longer, _) = await Maker(Speech.DefaultProgram).SpokenAsync("We are moving house. We are back at four. We are moving house. We are back at four.", default);
        Assert.True(longer!.Duration > said.Duration * 1.5);
        Assert.Equal(2, Directory.GetFiles(Kept, "*.wav").Length);
        foreach (string file in Directory.GetFiles(Kept, "*.wav")) File.WriteAllBytes(file, new WavFile(ToneGenerator.Sine(1000, 700), 8000).Write());
        var (again, _) = await Maker(Speech.DefaultProgram).SpokenAsync("We are moving house. We are back at four.", default);
        Assert.Equal(1100, again!.Duration.TotalMilliseconds, 1);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_or_says_too_much_is_told_of()
    {
        Assert.Contains("is not installed", (await Maker("/nowhere/espeak-ng").SpokenAsync("x", default)).Fault);
        Assert.Contains("failed", (await Maker("/bin/false").SpokenAsync("x", default)).Fault);
        Assert.Contains("says more than", (await Maker(Script("exec cat /dev/zero")).SpokenAsync("x", default)).Fault);
        Assert.Contains("not a RIFF", (await Maker(Script("cat; echo this is no sound")).SpokenAsync("x", default)).Fault);
        Assert.False(Directory.Exists(Kept) && Directory.GetFiles(Kept).Length > 0);
    }

    [Fact]
    public async Task The_program_gets_the_text_on_its_input_and_nothing_of_our_environment()
    {
        Environment.SetEnvironmentVariable("MESH_TEST_SECRET", "correct-horse");
        string seen = Path.Combine(folder, "seen");
        await Maker(Script($"{{ env; echo --; cat; }} > {seen}")).SpokenAsync("--help [[x]]", default);
        string text = File.ReadAllText(seen);
        Assert.DoesNotContain("correct-horse", text);
        Assert.EndsWith("--\n--help   x  ", text);
    }

    [Fact]
    public async Task A_recording_is_read_and_one_that_cannot_be_is_told_of()
    {
        File.WriteAllBytes(Path.Combine(Sounds, "closed.wav"), new WavFile(ToneGenerator.Sine(1000, 2000), 8000).Write());
        File.WriteAllText(Path.Combine(Sounds, "bad.wav"), "no sound");
        File.WriteAllBytes(Path.Combine(Sounds, "long.wav"), new WavFile(new short[8000 * 121], 8000).Write());
        var maker = Maker("/nowhere");
        Assert.Equal(2.4, (await maker.RecordedAsync("closed", default)).Sound!.Duration.TotalSeconds, 2);
        Assert.Contains("there is no recording", (await maker.RecordedAsync("missing", default)).Fault);
        Assert.Contains("not a RIFF", (await maker.RecordedAsync("bad", default)).Fault);
        Assert.Contains("longer than 2 minutes", (await maker.RecordedAsync("long", default)).Fault);
    }

    [Theory]
    [InlineData("sounds/closed.wav", "closed")]
    [InlineData("en/closed", "en/closed")]
    [InlineData("../secrets/mesh.key", null)]
    [InlineData("/etc/passwd", null)]
    [InlineData("sounds/../../x.wav", null)]
    [InlineData("a\nb", null)]
    [InlineData("", null)]
    public void A_recordings_name_stays_within_the_folder(string text, string? name) => Assert.Equal(name, SorryRecording.Parse(text));

    [Fact]
    public void The_built_in_announcement_begins_with_the_three_tones_and_goes_on_with_speech()
    {
        var samples = Decoded(PromptMaker.Default);
        Assert.InRange(PromptMaker.Default.Duration.TotalSeconds, 5, 12);
        int at = 400 * 8;
        foreach (double hertz in (double[])[InformationTones.FirstHz, InformationTones.SecondHz, InformationTones.ThirdHz])
        {
            Assert.Equal(330, Heard(samples.AsSpan(at, 330 * 8), hertz), 20.0);
            at += 330 * 8;
        }
        Assert.True(samples[at..(at + 8_000)].All(s => Math.Abs((int)s) < 100), "a second of silence follows the tones");
        Assert.Contains(samples[(at + 8_000)..], s => Math.Abs((int)s) > 4_000);
    }

    private PromptMaker Maker(string program) => new(Sounds, Kept, new Speech(program, Speech.DefaultVoice, TimeProvider.System));

    private string Script(string text)
    {
        string path = Path.Combine(folder, $"say-{Directory.GetFiles(folder).Length}.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static int Loudest(Sound sound) => Decoded(sound).Max(s => Math.Abs((int)s));

    private static short[] Decoded(Sound sound)
    {
        var samples = new short[sound.Length];
        G711.Decode(AudioCodec.Pcma, sound.Encoded(AudioCodec.Pcma), samples);
        return samples;
    }

    private static double Heard(ReadOnlySpan<short> samples, double hertz)
    {
        var ear = new ToneDetector(hertz);
        byte[] frame = new byte[AudioCodecs.FrameOctets];
        for (int i = 0; i + frame.Length <= samples.Length; i += frame.Length)
        {
            G711.Encode(AudioCodec.Pcma, samples.Slice(i, frame.Length), frame);
            ear.OnAudio(new AudioFrame(frame, 0, frame.Length, AudioCodec.Pcma, (uint)i, marker: false));
        }
        return ear.HeardMs;
    }
}
