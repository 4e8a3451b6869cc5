namespace Laurel.Storage;

/// <summary>One record of a blob, read but not folded yet. Texts are where they stand in the blob.</summary>
internal struct JournalItem
{
    public JournalRecord Kind;

    public RowParts Parts;

    public SubjectFlags Flags;

    /// <summary>The subject's id; a request's outcome.</summary>
    public Range Id;

    public Range Name;

    public Range Metadata;

    public double Score;

    public long AchievedAt;

    public double Total;

    public long Samples;

    public long CreatedAt;

    public long UpdatedAt;

    public long FactsVersion;

    /// <summary>The time that a time record sets; how many subjects a size record announces.</summary>
    public long Number;

    public Guid Request;

    /// <summary>Whether it is about a subject.</summary>
    public readonly bool HasSubject => Kind is JournalRecord.Row or JournalRecord.Subject or JournalRecord.Entry or JournalRecord.Remove or JournalRecord.Forget;
}
