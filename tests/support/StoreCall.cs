namespace Laurel.Tests.Support;

/// <summary>Which method of a store is called.</summary>
public enum StoreMethod
{
    Open,
    Append,
    WriteSlice,
    CommitSnapshot,
    Truncate,
    CommitRecords,
}

/// <summary>One write on its way through a <see cref="FaultyStore"/>.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Journal">The journal's number, null for openings and records.</param>
/// <param name="Number">How many writes came before it.</param>
public readonly record struct StoreCall(StoreMethod Method, long? Journal, int Number);
