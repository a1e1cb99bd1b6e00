using System.Buffers.Binary;
using System.Text;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Sorry.Contents;

/// <summary>Sends bundles to other sites, on the admin listener, piece by piece: a question is an id and 8 octets that say from where on, the answer what follows.</summary>
public sealed class ContentPages : IAdminPages
{
    public const string Path = "/mesh/content", Scheme = "Mesh-Content";

    /// <summary>Octets of a piece.</summary>
    public const int Piece = 1024 * 1024;

    public static readonly PairLimits Limits = new() { AnswerWithin = TimeSpan.FromSeconds(15), QuestionOctets = 128, AnswerOctets = Piece + 1024, MessagesAtOnce = 8 };

    private const int IdOctets = 64;
    private readonly SiteContents contents;
    private readonly ContentCounters counters;
    private readonly PairAnswers answers;

    /// <param name="others">The key of each other site, by its name.</param>
    public ContentPages(SiteContents contents, string site, IReadOnlyDictionary<string, PairMac> others, TimeProvider time, ContentCounters counters)
    {
        (this.contents, this.counters) = (contents, counters);
        answers = new PairAnswers(Scheme, site, others, time, Limits, counters.Refuse);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, (RequestDelegate)(http => answers.AnswerAsync(http, PieceAsync))).WithMetadata(OwnAccess.Instance);

    public static byte[] Question(string id, long from)
    {
        byte[] question = new byte[IdOctets + 8];
        Encoding.ASCII.GetBytes(id, question);
        BinaryPrimitives.WriteInt64BigEndian(question.AsSpan(IdOctets), from);
        return question;
    }

    private async Task<PairReply> PieceAsync(byte[] question, CancellationToken cancelled)
    {
        string id = Encoding.ASCII.GetString(question, 0, Math.Min(question.Length, IdOctets));
        if (question.Length != IdOctets + 8 || !ContentVersion.IsId(id)) return PairReply.Refuse(400, PairRefusal.Malformed);
        long from = BinaryPrimitives.ReadInt64BigEndian(question.AsSpan(IdOctets));
        if (!contents.Board.Ids.Contains(id) || !contents.Folder.Has(id)) return PairReply.Refuse(404);
        try
        {
            using var file = File.OpenHandle(contents.Folder.PathOf(id));
            long size = RandomAccess.GetLength(file);
            if (from < 0 || from > size) return PairReply.Refuse(400, PairRefusal.Malformed);
            byte[] piece = new byte[Math.Min(Piece, size - from)];
            int read = 0;
            while (read < piece.Length && await RandomAccess.ReadAsync(file, piece.AsMemory(read), from + read, cancelled) is var more and > 0) read += more;
            if (from + read == size) counters.Send();
            return PairReply.Of(piece);
        }
        catch (IOException) { return PairReply.Refuse(404); }
    }
}
