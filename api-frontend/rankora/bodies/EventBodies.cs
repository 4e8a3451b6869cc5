using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>The stream is open.</summary>
internal sealed record ConnectedEvent(string Type, string Message, string Timestamp, string UserPlan);

/// <summary>The entries that are followed.</summary>
internal sealed record InitialEvent(string Type, bool Success, InitialRow[] Entries, PaginationBody Pagination, string Timestamp);

/// <summary>One of them.</summary>
internal sealed record InitialRow(string? Name, double Score, int Rank, string UpdatedAt)
{
    public static InitialRow Of(EntryView entry) => new(entry.Name, entry.Score, entry.Rank, Timestamps.FormatMicroseconds(entry.UpdatedAt));
}

/// <summary>An entry was made, changed or removed.</summary>
internal sealed record UpdateEvent(string Type, UpdatePayload Payload, string Timestamp);

/// <summary>What it is and what it was.</summary>
internal sealed record UpdatePayload(
    [property: System.Text.Json.Serialization.JsonPropertyName("eventType")] string EventType, UpdateRow? New, UpdateRow? Old);

/// <summary>An entry at one of these moments.</summary>
internal sealed record UpdateRow(string? Name, double Score, string UpdatedAt);

/// <summary>The stream ends.</summary>
internal sealed record ErrorEvent(string Type, string Message, string Timestamp);
