namespace Laurel.Storage;

/// <summary>What a subject was before a set of changes.</summary>
/// <param name="Slot">The subject.</param>
/// <param name="IsListed">Whether it had a place; when not, the rest says nothing.</param>
/// <param name="Score">The score.</param>
/// <param name="AchievedAt">When it was achieved, microseconds since the Unix epoch.</param>
/// <param name="UpdatedAt">When the entry was last changed.</param>
public readonly record struct FormerState(int Slot, bool IsListed, double Score, long AchievedAt, long UpdatedAt)
{
    internal FormerState(int slot, bool isListed, double score, long achievedAt, long updatedAt, TextHandle name)
        : this(slot, isListed, score, achievedAt, updatedAt) => Name = name;

    internal TextHandle Name { get; }
}
