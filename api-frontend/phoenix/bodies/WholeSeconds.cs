namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Records show the second they changed in, <c>2025-08-01T12:00:00Z</c>; entries and seasons all that is kept.</summary>
internal static class WholeSeconds
{
    /// <summary>The beginning of the instant's second.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerSecond));
}
