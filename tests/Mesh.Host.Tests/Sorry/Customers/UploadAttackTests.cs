using System.Net;
using System.Text;
using System.Text.Json;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Customers;

namespace Mesh.Host.Tests.Sorry.Customers;

/// <summary>Uploads that are made to do harm: each is refused with a sentence, and afterwards the store, and the whole folder around it, are what they were, octet by octet.</summary>
public class UploadAttackTests
{
    private const string Page = "<!doctype html><title>sorry</title>";
    private static readonly byte[] PageOctets = Encoding.UTF8.GetBytes(Page);

    public static TheoryData<string> Names =>
    [
        "../evil.html", "..\\evil.html", "a/../../evil.html", "./index.html", "a/./b.html", "/etc/passwd.html", "//server/share.html", "C:/evil.html", "C:evil.html", "c:\\evil.html", "a\\b.html",
        "index.html\0.png", "evil\0.html", "\0", "line\nfeed.html", "tab\t.html", "esc\u001b.html", "del\u007f.html", "stream.html::$DATA", "con.html", "NUL.txt", "aux/x.html", "lpt1.css", "trailing./x.html", "trailing /x.html", " x.html",
        ".htaccess", ".hidden/x.html", "x.html.", "a//b.html", "a/b/c/d/e/f/g/h/i.html", "\u00fcber.html", "u\u00cc\u0088ber.html", "<img src=x>.html", "a\"b.html", "a'b.html", "a%2e%2e/x.html", "a*b.html", "a?b.html", "a|b.html", "~/../x.html",
        new string('a', 250) + ".html",
    ];

    public static TheoryData<string> Types => ["x.php", "x.js", "x.mjs", "x.cgi", "x.exe", "x.aspx", "x.html.php", "x.zip", "x.jar", "x.shtml", "x.xhtml", "x", "Makefile", "x.wasm", "x.hta", "x.svgz", "x.xml"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_that_leads_elsewhere(string name) => await RefusedAsync(new CraftedZip().Add("index.html", PageOctets).Add(name, PageOctets).End(), "'");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_folder_whose_name_leads_elsewhere(string name) => await RefusedAsync(new CraftedZip().Add("index.html", PageOctets).Add(name + "/", [], method: 0).End(), "'");

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_type_that_is_not_taken(string name) => await RefusedAsync(new CraftedZip().Add("index.html", PageOctets).Add(name, PageOctets).End(), "files of this kind are not taken");

    [Theory]
    [InlineData("x.png", "<script>alert(1)</script>")]
    [InlineData("x.jpg", "GIF89a")]
    [InlineData("x.gif", "MZ\u0090")]
    [InlineData("x.woff2", "wOFF")]
    [InlineData("x.svg", "<html><script>alert(1)</script>")]
    [InlineData("x.ico", "PK\u0003\u0004")]
    public async Task A_content_that_is_not_what_the_name_says(string name, string content) =>
        await RefusedAsync(new CraftedZip().Add("index.html", PageOctets).Add(name, Encoding.Latin1.GetBytes(content)).End(), "not what its name says");

    [Theory]
    [InlineData(0xA1FFu, 0u)]
    [InlineData(0xA000u, 0u)]
    [InlineData(0x6000u, 0u)]
    [InlineData(0x2000u, 0u)]
    [InlineData(0x1000u, 0u)]
    [InlineData(0xC000u, 0u)]
    [InlineData(0u, 0x400u)]
    public async Task A_link_a_device_a_pipe_a_socket(uint mode, uint attributes) =>
        await RefusedAsync(new CraftedZip().Add("index.html", PageOctets).Add("link.html", Encoding.ASCII.GetBytes("/etc/passwd"), mode: mode, attributes: attributes).End(), "a link or a special file");

    public static TheoryData<string, string> Shapes => new()
    {
        { "two files of one name", "two files of this name" }, { "two files of one name in capitals", "two files of this name" }, { "a file that is a folder", "both a file and a folder" },
        { "no first page", "there is no index.html" }, { "encrypted", "encrypted" }, { "strong encryption", "encrypted" }, { "an unknown method", "packed in a way" }, { "zip64 sizes", "ZIP64" }, { "zip64 field", "ZIP64" },
        { "another name inside", "say different things" }, { "another name inside, with dots", "say different things" }, { "more entries than said", "more than it says" }, { "fewer entries than said", "damaged" }, { "a directory elsewhere", "not where it says" },
        { "several parts", "several parts" }, { "cut off", "no ZIP file" }, { "an end within the comment", "no ZIP file" }, { "octets before it", "not where" }, { "rubbish inside", "damaged" }, { "another checksum", "damaged" }, { "not UTF-8", "not text in UTF-8" }, { "NUL in a page", "not text in UTF-8" }, { "UTF-16", "not text in UTF-8" },
        { "too many files", "entries" }, { "too many folders", "entries" }, { "an empty ZIP file", "there is no index.html" }, { "a file larger than allowed", "unpacks to more than" }, { "all larger than allowed", "unpacks to more than" }, { "a size that lies: small", "not as long as it says" }, { "a size that lies: large", "not as long as it says" },
        { "a bomb of nothings", "times its size" }, { "42.zip: nested", "files of this kind are not taken" }, { "zbsm: one kernel quoted by many", "overlap" }, { "an overlap by one octet", "overlap" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_shape_that_is_made_to_burst_or_to_be_read_two_ways(string shape, string why)
    {
        var zip = new CraftedZip().Add("index.html", PageOctets);
        var octets = shape switch
        {
            "two files of one name" => zip.Add("index.html", PageOctets).End(),
            "two files of one name in capitals" => zip.Add("INDEX.html", PageOctets).End(),
            "a file that is a folder" => zip.Add("a.html", PageOctets).Add("a.html/b.html", PageOctets).End(),
            "no first page" => CraftedZip.Of(("start.html", Page), ("other.html", Page)),
            "encrypted" => zip.Add("x.html", PageOctets, flags: 1).End(),
            "strong encryption" => zip.Add("x.html", PageOctets, flags: 0x41).End(),
            "an unknown method" => zip.Add("x.html", PageOctets, method: 99).End(),
            "zip64 sizes" => zip.Add("x.html", PageOctets, claims: uint.MaxValue).End(),
            "zip64 field" => zip.Add("x.html", PageOctets, extra: [1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]).End(),
            "another name inside" => zip.Add("x.html", PageOctets, localName: "y.html").End(),
            "another name inside, with dots" => zip.Add("aa/x.html", PageOctets, localName: "../x.html").End(),
            "more entries than said" => zip.Add("x.html", PageOctets).End(says: 1),
            "fewer entries than said" => zip.End(says: 2),
            "a directory elsewhere" => zip.End(startsAt: 3),
            "several parts" => zip.End(disk: 1),
            "cut off" => zip.End()[..^5],
            "an end within the comment" => zip.End(comment: Encoding.Latin1.GetString(zip.End()[^22..]) + "x"),
            "octets before it" => [.. "PK\u0003\u0004rubbish"u8, .. zip.End()],
            "rubbish inside" => Rewrite(zip.Add("x.html", [0xff, 0xfe, 0xfd, 0xfc, 0xfb], method: 0).End(), method: 8),
            "another checksum" => Spoil(zip.Add("x.html", PageOctets).End()),
            "not UTF-8" => zip.Add("x.html", [0x3c, 0xe4, 0x3e]).End(),
            "NUL in a page" => zip.Add("x.css", "a\0b"u8.ToArray()).End(),
            "UTF-16" => zip.Add("x.html", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Page)).ToArray()).End(),
            "too many files" => Many(zip, 701, static i => $"{i}.txt").End(),
            "too many folders" => Many(zip, 701, static i => $"{i}/").End(),
            "an empty ZIP file" => new CraftedZip().End(),
            "a file larger than allowed" => zip.Add("x.css", Noise(6 * 1024 * 1024), method: 8).End(),
            "all larger than allowed" => Enumerable.Range(0, 6).Aggregate(zip, static (z, i) => z.Add($"{i}.css", Noise(4 * 1024 * 1024))).End(),
            "a size that lies: small" => zip.Add("x.css", Noise(300_000), claims: 10).End(),
            "a size that lies: large" => zip.Add("x.css", "a{}"u8.ToArray(), claims: 4_000).End(),
            "a bomb of nothings" => zip.Add("x.css", Enumerable.Repeat((byte)' ', 4 * 1024 * 1024).ToArray()).End(),
            "42.zip: nested" => Nested(5),
            "zbsm: one kernel quoted by many" => Quoted(zip),
            _ => OverlapByOne(),
        };
        Assert.True(octets.Length < 10 * 1024 * 1024, "it would be refused for its size alone");
        await RefusedAsync(octets, why);
    }

    [Fact]
    public async Task Forms_are_judged_like_ZIP_files_and_so_are_bare_files()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.1.3");
        using var program = world.Program();
        var before = world.Tree();
        foreach (string name in (string[])["../index.html", "..%2findex.php", "/index.html", "a/../../index.html", "C:\\index.html", "x.php", "index.html\u0001"])
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(PageOctets), "file", "index.html" } };
            form.Add(CustomerWorld.FilePart(PageOctets, name.Replace("\\", "\\\\")));
            using var answer = await program.PostAsync($"/api/{CustomerWorld.AnnasHost}/versions", form);
            Assert.Contains((int)answer.StatusCode, (int[])[400, 422]);
            using var bare = await program.PutAsync($"/api/{CustomerWorld.AnnasHost}/versions/x.php", new ByteArrayContent(PageOctets));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        }
        Assert.Equal(before, world.Tree());
    }

    [Fact]
    public async Task More_octets_than_allowed_are_not_read_and_too_many_uploads_at_once_are_told_to_wait()
    {
        await using var world = await CustomerWorld.StartAsync("127.68.1.4", limits: CustomerWorld.Limits with { UploadOctets = 300_000, UploadsAtOnce = 1 });
        using var program = world.Program();
        // As curl does with large bodies: the answer may come before the body is sent.
        program.DefaultRequestHeaders.ExpectContinue = true;
        var before = world.Tree();
        foreach (HttpContent body in (HttpContent[])[new ByteArrayContent(Noise(700_000)), new MultipartFormDataContent { { new ByteArrayContent(Noise(700_000)), "file", "index.html" } }, new ByteArrayContent(Noise(400_000))])
        {
            using var answer = await program.PutAsync($"/api/{CustomerWorld.AnnasHost}/versions", body);
            Assert.Contains((int)answer.StatusCode, (int[])[413, 422]);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
        program.DefaultRequestHeaders.ExpectContinue = false;
        // One that never ends its body holds the one place there is.
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(world.Listen.Bind.ToIPEndPoint().Address, world.Listen.Port);
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{CustomerWorld.Anna}:{CustomerWorld.Password}"));
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT /api/{CustomerWorld.AnnasHost}/versions HTTP/1.1\r\nHost: {world.Listen.Bind}\r\nAuthorization: Basic {credentials}\r\nContent-Length: 1000\r\n\r\nPK"));
        HttpStatusCode status = 0;
        for (int i = 0; i < 500 && status != HttpStatusCode.ServiceUnavailable; i++)
        {
            using var answer = await program.PutAsync($"/api/{CustomerWorld.AnnasHost}/versions/x.php", new ByteArrayContent("no page"u8.ToArray()));
            status = answer.StatusCode;
            if (status != HttpStatusCode.ServiceUnavailable) await Task.Delay(20);
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(1, world.Office.Counters.Of(CustomerOutcome.TooManyUploads));
        Assert.Equal(before, world.Tree());
    }

    private static async Task RefusedAsync(byte[] zip, string why)
    {
        await using var world = await CustomerWorld.StartAsync("127.68.1.2");
        using var program = world.Program();
        using (var good = await program.PutAsync($"/api/{CustomerWorld.AnnasHost}/versions", new ByteArrayContent(PageOctets))) Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        var before = world.Tree();
        using var raw = await program.PutAsync($"/api/{CustomerWorld.AnnasHost}/versions", new ByteArrayContent(zip));
        string said = await raw.Content.ReadAsStringAsync();
        Assert.True(raw.StatusCode == HttpStatusCode.UnprocessableEntity, $"{raw.StatusCode}: {said}");
        Assert.Equal("application/problem+json", raw.Content.Headers.ContentType!.MediaType);
        Assert.Contains(why, JsonDocument.Parse(said).RootElement.GetProperty("detail").GetString());
        using var form = await program.PostAsync($"/api/{CustomerWorld.AnnasHost}/versions", new MultipartFormDataContent { CustomerWorld.FilePart(zip, "page.zip") });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, form.StatusCode);
        Assert.Equal(before, world.Tree());
        Assert.Equal(2, world.Office.Counters.Of(CustomerOutcome.BadUpload));
    }

    private static CraftedZip Many(CraftedZip zip, int count, Func<int, string> name)
    {
        for (int i = 0; i < count; i++) zip.Add(name(i), [], method: 0);
        return zip;
    }

    // 42.zip: each layer is a ZIP file of sixteen like the one below; the lowest are a bomb of zeros.
    private static byte[] Nested(int layers)
    {
        byte[] inner = new CraftedZip().Add("0.dll", new byte[1024 * 1024]).End();
        for (int layer = 0; layer < layers; layer++)
        {
            var zip = new CraftedZip().Add("index.html", PageOctets);
            for (int i = 0; i < 16; i++) zip.Add($"lib{i}.zip", inner);
            inner = zip.End();
        }
        return inner;
    }

    // As in "A better zip bomb" (2019): every entry of the directory is the same compressed kernel.
    private static byte[] Quoted(CraftedZip zip)
    {
        byte[] kernel = new byte[64 * 1024];
        Array.Fill(kernel, (byte)' ');
        uint at = (uint)(30 + "index.html".Length + CraftedZip.Deflate(PageOctets).Length);
        zip.Add("0000.css", kernel);
        for (int i = 0; i < 400; i++) zip.AddAgain("0000.css", kernel, at);
        return zip.End();
    }

    // The second file lies within the first, stored, so that both can be read.
    private static byte[] OverlapByOne()
    {
        byte[] inner = new CraftedZip().Add("b.css", "b{}"u8.ToArray(), method: 0).End(), local = inner[..(30 + 5 + 3)];
        uint first = 30 + 10 + (uint)PageOctets.Length;
        return new CraftedZip().Add("index.html", PageOctets, method: 0).Add("a.css", [.. local, .. "/**/"u8], method: 0).Add("b.css", "b{}"u8.ToArray(), method: 0, at: first + 30 + 5).End();
    }

    // Says "deflated" of octets that are not, in both places.
    private static byte[] Rewrite(byte[] zip, byte method)
    {
        int local = zip.AsSpan().LastIndexOf("PK\u0003\u0004"u8), directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        zip[local + 8] = method;
        zip[directory + 10] = method;
        return zip;
    }

    private static byte[] Spoil(byte[] zip)
    {
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        return zip;
    }

    // Deflates to about a quarter.
    private static byte[] Noise(int length)
    {
        var text = new StringBuilder(length);
        for (uint n = 1; text.Length < length; n = n * 1_664_525 + 1_013_904_223) text.Append((char)('a' + (n >> 24) % 4));
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
