using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What a tenant has used of its plan.</summary>
/// <param name="ResetsAt">When requests are counted from 0 again.</param>
internal sealed record TenantUsageBody(string TenantId, string Plan, DateTimeOffset ResetsAt, UsedBody Requests, UsedBody Leaderboards, UsedBody Entries);

/// <summary>One thing that a plan limits.</summary>
/// <param name="Used">So far.</param>
/// <param name="Limit">Null for as many as are wanted.</param>
internal sealed record UsedBody(long Used, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Limit);
