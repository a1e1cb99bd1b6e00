namespace Mesh.Media.Tests.Sounds;

public sealed class SoundLibraryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mesh-sounds-").FullName;

    [Fact]
    public void Files_are_found_by_their_path_and_bad_ones_named()
    {
        Directory.CreateDirectory(Path.Combine(folder, "en"));
        File.WriteAllBytes(Path.Combine(folder, "welcome.wav"), new WavFile(ToneGenerator.Sine(400, 100), 8000).Write());
        File.WriteAllBytes(Path.Combine(folder, "en", "goodbye.wav"), new WavFile(new short[3200], 16000).Write());
        File.WriteAllText(Path.Combine(folder, "bad.wav"), "no sound");
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "no sound either");
        var library = SoundLibrary.Load(folder, out var errors);
        Assert.Equal(["en/goodbye", "welcome"], library.Names.Order());
        Assert.True(library.TryFind("en/goodbye", out var sound));
        Assert.Equal(1600, sound.Length);
        Assert.False(library.TryFind("bad", out _));
        Assert.Equal([$"{Path.Combine(folder, "bad.wav")}: this is not a RIFF WAVE file"], errors);
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing()
    {
        Assert.Empty(SoundLibrary.Load(Path.Combine(folder, "none"), out var errors).Names);
        Assert.Empty(errors);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
