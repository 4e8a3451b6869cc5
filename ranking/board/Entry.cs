namespace Laurel.Ranking;

/// <summary>What a board knows of one subject, in 24 bytes.</summary>
internal struct Entry
{
    /// <summary>Good while <see cref="EntryState.Scored"/>.</summary>
    public SortKey Key;

    /// <summary>The handle of the id; in an unused slot, the next unused one.</summary>
    public uint Id;

    /// <summary>Bytes of the id; 0 marks an unused slot.</summary>
    public ushort IdLength;

    /// <summary>The caller's.</summary>
    public byte Flags;

    public EntryState State;
}

[Flags]
internal enum EntryState : byte
{
    None = 0,

    /// <summary>The key means something.</summary>
    Scored = 1,

    /// <summary>The skip list holds the slot, under the entry's key.</summary>
    Listed = 2,

    /// <summary>The slot waits to be listed together with others.</summary>
    Staged = 4,
}
