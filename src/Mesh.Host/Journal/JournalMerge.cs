namespace Mesh.Host.Journal;

/// <summary>What came of entries another site offered.</summary>
/// <param name="State">With the new ones.</param>
/// <param name="New">In the order they were taken: each site's by number.</param>
/// <param name="Known">How many were there already.</param>
/// <param name="Refused">The others, and why.</param>
public sealed record JournalMerge(JournalState State, IReadOnlyList<JournalEntry> New, int Known, IReadOnlyList<(JournalEntry Entry, JournalFault Fault)> Refused);
