using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A page of keys with their rate limits.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record KeyLimitListBody(int Total, IReadOnlyList<KeyLimitBody> Limits);

/// <summary>How far a key is in its rate limit.</summary>
/// <param name="Remaining">Requests left now; what gateways hold at this moment counts as used.</param>
/// <param name="ResetsAt">When all will be free again, if nothing more is asked.</param>
internal sealed record KeyLimitBody(string KeyId, string Kind, string? Name, RateLimitTerms RateLimit, int Remaining, DateTimeOffset ResetsAt);
