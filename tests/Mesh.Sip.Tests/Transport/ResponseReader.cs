using System.Net.Sockets;
using System.Text;

namespace Mesh.Sip.Tests.Transport;

/// <summary>Reads SIP responses off a plain socket, by their Content-Length; knows no stack.</summary>
internal sealed class ResponseReader(Socket socket)
{
    private readonly byte[] octets = new byte[65_536];
    private readonly StringBuilder text = new();

    /// <summary>The status of the next final response to come, 0 when the connection ends first.</summary>
    public async Task<int> NextFinal()
    {
        while (true)
        {
            while (text.Length > 0 && (text[0] is '\r' or '\n')) text.Remove(0, 1); // a pong
            int end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                int read = await Receive();
                if (read == 0) return 0;
                text.Append(Encoding.Latin1.GetString(octets, 0, read));
                continue;
            }
            string head = text.ToString(0, end);
            int at = head.IndexOf("Content-Length: ", StringComparison.Ordinal);
            int length = int.Parse(head[(at + 16)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
            text.Remove(0, end + 4 + length);
            int status = int.Parse(head.AsSpan(8, 3), System.Globalization.CultureInfo.InvariantCulture);
            if (status >= 200) return status;
        }
    }

    private async Task<int> Receive()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try { return await socket.ReceiveAsync(octets.AsMemory(), limit.Token); }
        catch (SocketException) { return 0; }
    }
}
