using System.Text;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers;
using Mesh.Host.Sorry.Customers.Uploads;
using Mesh.Io;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>ZIP files with octets changed, cut out and doubled, the same ones in each run.</summary>
public class ZipFuzzTests
{
    private static readonly ContentLimits Contents = new() { FileOctets = 50_000, TotalOctets = 100_000 };

    [Fact]
    public void Whatever_is_sent_is_refused_in_a_sentence_or_is_what_was_packed()
    {
        var chance = new SeededChance(42);
        string text = string.Concat(Enumerable.Repeat("<p>sorry</p>", 50));
        byte[] good = new CraftedZip().Add("index.html", Encoding.ASCII.GetBytes(text)).Add("css/a.css", "h1{}"u8.ToArray(), method: 0).Add("css/", [], method: 0).Add("b.txt", Encoding.ASCII.GetBytes(text)).End(comment: "no");
        Assert.Equal(3, ZipUpload.Read(good, Contents, new CustomerLimits()).Files.Count);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bad = Change(good, chance);
            var upload = ZipUpload.Read(bad, Contents, new CustomerLimits());
            if (upload.Fault is { } fault)
            {
                refused++;
                Assert.DoesNotContain(fault, char.IsControl);
                Assert.InRange(fault.Length, 10, 300);
                Assert.Empty(upload.Files);
            }
            foreach (var file in upload.Files)
            {
                // A changed name may be a good one; a changed content never is: its checksum says so.
                Assert.Null(ContentPath.Fault(file.Path, ContentKind.Upload, Contents));
                Assert.Contains(Encoding.ASCII.GetString(file.Octets.Span), (string[])[text, "h1{}", ""]);
            }
        }
        Assert.InRange(refused, 10_000, 20_000);
    }

    private static byte[] Change(byte[] good, SeededChance chance)
    {
        byte[] bad = [.. good];
        int changes = 1 + (int)(chance.NextUInt64() % 4);
        for (int i = 0; i < changes && bad.Length > 1; i++)
        {
            int at = (int)(chance.NextUInt64() % (ulong)bad.Length), length = 1 + (int)(chance.NextUInt64() % 60);
            switch (chance.NextUInt64() % 6)
            {
                case 0: bad = bad[..at]; break;
                case 1: bad = [.. bad[..at], .. bad[Math.Min(bad.Length, at + length)..]]; break;
                case 2: bad = [.. bad[..at], .. bad[at..Math.Min(bad.Length, at + length)], .. bad[at..]]; break;
                case 3: bad[at] = 0xff; break;
                case 4: bad[at] ^= (byte)(1 << (int)(chance.NextUInt64() % 8)); break;
                default: bad[at] = (byte)chance.NextUInt64(); break;
            }
        }
        return bad;
    }
}
