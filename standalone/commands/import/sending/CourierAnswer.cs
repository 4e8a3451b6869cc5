namespace Laurel.Standalone.Commands;

/// <summary>What came back for a request.</summary>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Body">The body; empty when there was no answer.</param>
/// <param name="GaveUp">Why no attempt had an answer to go on with; null when one had.</param>
internal sealed record CourierAnswer(int Status, ReadOnlyMemory<byte> Body, string? GaveUp)
{
    /// <summary>Patience ended.</summary>
    public static CourierAnswer Failed(string reason) => new(0, default, reason);
}
