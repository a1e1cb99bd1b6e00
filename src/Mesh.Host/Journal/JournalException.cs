namespace Mesh.Host.Journal;

/// <summary>The entry was not made: it cannot be in a journal, the journal is full, or the disk does not take it. The message is for the person who asked.</summary>
public sealed class JournalException(JournalFault fault, string message) : Exception(message)
{
    /// <summary><see cref="JournalFault.None"/> when it is the disk's.</summary>
    public JournalFault Fault => fault;
}
