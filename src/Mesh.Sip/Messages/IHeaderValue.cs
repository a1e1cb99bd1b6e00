namespace Mesh.Sip.Messages;

/// <summary>A header's value as a type: one element of a list, or the whole line of a header that is no list.</summary>
public interface IHeaderValue<TSelf> where TSelf : struct, IHeaderValue<TSelf>
{
    /// <summary>Reads one value, white space around it allowed. False when the grammar does not have it; never throws.</summary>
    static abstract bool TryParse(SipText text, out TSelf value);
}
