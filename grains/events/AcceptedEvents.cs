using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>What one request brought that was new: its events, in positions that follow each other.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="AcceptedAt">When, microseconds since the Unix epoch.</param>
/// <param name="First">The position of its first event.</param>
/// <param name="Count">How many events, 1 or more.</param>
/// <param name="Events">One after the other (<see cref="EventFormat"/>).</param>
/// <param name="Duplicates">Which of the request's events were not new.</param>
internal sealed record AcceptedEvents(Guid RequestId, long AcceptedAt, long First, int Count, byte[] Events, int[] Duplicates)
{
    private const long MicrosPerHour = 3_600_000_000;

    /// <summary>The position of its last event.</summary>
    public long Last => First + Count - 1;

    /// <summary>Since the Unix epoch: ids are remembered by it.</summary>
    public long Hour => HourOf(AcceptedAt);

    /// <summary>The answer to the request, and to its repeats.</summary>
    public EventsAccepted Outcome => new(OutcomeStatus.Ok, Count, Duplicates.Length == 0 ? null : Duplicates);

    /// <summary>The hour of an instant in microseconds.</summary>
    public static long HourOf(long micros) => Math.DivRem(micros, MicrosPerHour).Quotient;

    /// <summary>The ids of its events.</summary>
    public IEnumerable<ulong> Ids()
    {
        for (var at = 0; at < Events.Length;)
        {
            var (id, length) = Read(at);
            yield return id;
            at += length;
        }

        (ulong Id, int Length) Read(int at) => new EventReader(Events.AsSpan(at)) is var next ? (next.Id, next.Length) : default;
    }
}
