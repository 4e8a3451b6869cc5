namespace Laurel.Storage.Tests;

/// <summary>Reads a single mark.</summary>
internal static class MarkReading
{
    public static async Task<byte[]?> FindMarkAsync(this IJournalStore journals, string scope, ReadOnlyMemory<byte> key) =>
        Assert.Single(await journals.FindMarksAsync(scope, [key.ToArray()]));
}
