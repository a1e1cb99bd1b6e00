using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>One exchange of a registration, REGREQ or REGREL to its end.</summary>
internal sealed class RegistrationExchange(IaxEndpoint endpoint, RegistrationClient client, IaxCommand command)
    : Dialog(endpoint, client.Options.Server, -1, endpoint.Options.Retransmission)
{
    private const int MaxTokenRounds = 2;
    private int tokenRounds;

    /// <summary>The secret as <see cref="Authentication"/> wants it.</summary>
    private PeerOptions AsPeer => new() { Name = client.Options.Username, Secret = client.Options.Secret, Methods = client.Options.Methods, Rsa = client.Options.Rsa };

    public void Start() => SendRequest([], []);

    public void ResendWithToken(byte[] token)
    {
        Restart();
        SendRequest([], token);
    }

    public void SendAnswer(Elements challenge) => SendRequest(Authentication.Answer(AsPeer, challenge), []);

    public void Finish() => Release();

    private protected override void OnFrame(in FullFrame frame, Elements elements, in Datagram datagram)
    {
        RegistrationInput? input = frame.Command switch
        {
            IaxCommand.RegAuth => Authentication.CanAnswer(AsPeer, elements) ? RegistrationInput.Challenged : RegistrationInput.ChallengedInVain,
            IaxCommand.RegAck => RegistrationInput.Granted,
            IaxCommand.RegRej => RegistrationInput.Refused,
            _ => null,
        };
        if (input is { } known) client.Step(known, elements);
    }

    private protected override void OnCallToken(Elements elements)
    {
        if (RemoteNumber != 0 || elements.CallToken is not { Length: > 0 } || tokenRounds++ >= MaxTokenRounds) { Drop(DropReason.TokenUnexpected); return; }
        client.Step(RegistrationInput.TokenDemanded, elements);
    }

    private protected override void OnExhausted() => client.Step(RegistrationInput.Exhausted, Elements.None);

    private protected override void OnInvalidated() => client.Step(RegistrationInput.Refused, Elements.None);

    private void SendRequest(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[ElementWriter.MaxElements];
        var elements = new ElementWriter(buffer);
        elements.AddText(ElementId.Username, client.Options.Username);
        if (command == IaxCommand.RegReq) elements.AddUInt16(ElementId.Refresh, (ushort)Math.Clamp(client.Options.RefreshSeconds, 0, ushort.MaxValue));
        // Words make room for the token: a server may send none that is larger than the request.
        else elements.AddText(ElementId.Cause, "Unregistered");
        int length = elements.Length;
        answer.CopyTo(buffer[length..]);
        length += answer.Length;
        var rest = new ElementWriter(buffer[length..]);
        rest.Add(ElementId.CallToken, token);
        Send(command, buffer[..(length + rest.Length)]);
    }
}
