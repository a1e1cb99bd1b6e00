using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Mesh.Host.Sorry.Copies;

/// <summary>
/// Reads pages, but none that are made to keep a reader busy. What an HTML parser does for elements within each other grows with the square of their depth, and unclosed bold text is
/// repeated in every paragraph after it: a page of a megabyte can take hours, or all memory there is.
/// </summary>
public static class BoundedHtml
{
    public const int MaxElements = 50_000;

    /// <summary>Elements within each other; browsers stop at as many.</summary>
    public const int MaxDepth = 512;

    /// <summary>Octets that reading may allocate.</summary>
    public const long MaxAllocated = 256L * 1024 * 1024;

    private const int LookEvery = 16;

    /// <summary>Null when the page is too much.</summary>
    public static IDocument? Parse(string html)
    {
        int created = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        IElement? last = null;
        var options = new HtmlParserOptions
        {
            IsScripting = false,
            // Called as each tag makes an element; the one before has its place by then.
            OnCreated = (element, _) =>
            {
                if (++created > MaxElements || (created % LookEvery == 0 && (IsDeep(last) || GC.GetAllocatedBytesForCurrentThread() - before > MaxAllocated))) throw new TooMuchException();
                last = element;
            },
        };
        try
        {
            var document = new HtmlParser(options).ParseDocument(html);
            return IsShallow(document) ? document : null;
        }
        catch (TooMuchException) { return null; }
    }

    private static bool IsDeep(INode? node)
    {
        int depth = 0;
        for (; node is not null && depth <= MaxDepth; node = node.Parent) depth++;
        return depth > MaxDepth;
    }

    // Whoever writes or searches a page goes down as deep as it is.
    private static bool IsShallow(IDocument document)
    {
        var waiting = new Stack<(INode Node, int Depth)>([(document, 0)]);
        while (waiting.TryPop(out var next))
        {
            if (next.Depth > 2 * MaxDepth) return false;
            foreach (var child in next.Node.ChildNodes) waiting.Push((child, next.Depth + 1));
        }
        return true;
    }

    private sealed class TooMuchException : Exception;
}
