namespace Laurel.Storage;

/// <summary>What a season keeps of a subject that has nothing to do with its rank. 40 bytes; texts lie in an arena.</summary>
internal struct EntryDetails
{
    /// <summary>When the subject got its entry, microseconds since the Unix epoch.</summary>
    public long CreatedAt;

    /// <summary>When the entry was last changed.</summary>
    public long UpdatedAt;

    /// <summary>The version of what the register said of the subject.</summary>
    public long FactsVersion;

    public TextHandle Name;

    public TextHandle Metadata;
}

/// <summary>A text in an arena; the default is none.</summary>
internal readonly record struct TextHandle(uint Handle, int Length);
