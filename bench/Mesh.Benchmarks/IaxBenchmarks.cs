using BenchmarkDotNet.Attributes;
using Mesh.Iax2.Wire;

namespace Mesh.Benchmarks;

/// <summary>IAX2 frames: a NEW with what a call between sites carries, and 20 ms of voice in a mini frame.</summary>
public class IaxBenchmarks
{
    private readonly byte[] buffer = new byte[1024], full = new byte[1024], mini = new byte[MiniFrame.HeaderLength + 160], voice = new byte[160];
    private int fullLength;

    [GlobalSetup]
    public void Write()
    {
        fullLength = WriteNew();
        buffer.CopyTo(full, 0);
        new MiniFrame { SourceCall = 17, Timestamp = 4711, Payload = voice }.Write(mini);
        if (!ReadNew() || !ReadMini()) throw new InvalidOperationException("a frame of ours does not read");
    }

    [Benchmark(Description = "IAX2: write NEW with twelve elements")]
    public int WriteNew()
    {
        var elements = new ElementWriter(buffer.AsSpan(FullFrame.HeaderLength));
        elements.AddUInt16(ElementId.Version, 2);
        elements.AddText(ElementId.CalledNumber, "301");
        elements.AddText(ElementId.CallingNumber, "+441619460000");
        elements.AddText(ElementId.CallingName, "Caller");
        elements.AddText(ElementId.Username, "london");
        elements.AddFormats(ElementId.Format, ElementId.Format2, VoiceFormat.Alaw);
        elements.AddFormats(ElementId.Capability, ElementId.Capability2, VoiceFormat.Alaw | VoiceFormat.Ulaw);
        elements.AddVariable("MESHHOP", "v=1;o=AAAAAAAAAAAAAAAAAAAAAA;l=AAAAAAAA;t=3;b=9;d=3;ms=179990;p=lo.abcdef;k=k001;m=AAAAAAAAAAAAAAAAAAAAAA");
        elements.AddVariable("MESHRUNG", "abcdef,ghijkl");
        new FullFrame { SourceCall = 17, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.New, Timestamp = 3 }.WriteHeader(buffer);
        return FullFrame.HeaderLength + elements.Length;
    }

    [Benchmark(Description = "IAX2: read that NEW with its elements")]
    public bool ReadNew() => FullFrame.TryRead(full.AsSpan(0, fullLength), out var frame) && Elements.TryRead(frame.Payload, out _);

    [Benchmark(Description = "IAX2: write a mini frame of 20 ms")]
    public int WriteMini() => new MiniFrame { SourceCall = 17, Timestamp = 4711, Payload = voice }.Write(buffer);

    [Benchmark(Description = "IAX2: read a mini frame of 20 ms")]
    public bool ReadMini() => MiniFrame.TryRead(mini, out var frame) && frame.Payload.Length == 160;
}
