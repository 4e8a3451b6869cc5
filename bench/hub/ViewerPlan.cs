namespace Laurel.Bench.Hub;

/// <summary>What a process of viewers is to do next: one of the two. Travels as one line of JSON.</summary>
internal sealed record ViewerPlan(OpenViewers? Open = null, TellViewers? Tell = null);

/// <summary>Opens connections, which stay open.</summary>
/// <param name="Port">On the loopback interface.</param>
/// <param name="Path">With its query.</param>
/// <param name="Viewers">How many.</param>
/// <param name="Greeting">What each sends first; null for nothing.</param>
/// <param name="Ready">What the message holds that each waits for then.</param>
/// <param name="Ping">What each sends every fifteen seconds to stay; null for nothing.</param>
internal sealed record OpenViewers(int Port, string Path, int Viewers, string? Greeting = null, string? Ready = null, string? Ping = null);

/// <summary>Sends a request over HTTP, and waits until every viewer was told.</summary>
/// <param name="Port">Of the server that is asked.</param>
/// <param name="Request">Head and body.</param>
/// <param name="Marker">What the message about it holds, and no other.</param>
internal sealed record TellViewers(int Port, string Request, string Marker);

/// <summary>How a plan went, as one line of JSON.</summary>
/// <param name="Arrivals">When viewers were to be told.</param>
/// <param name="Failure">When it went wrong.</param>
internal sealed record ViewerReport(Arrivals? Arrivals = null, string? Failure = null);

/// <summary>Milliseconds from sending the request.</summary>
/// <param name="Answered">Until it was answered.</param>
/// <param name="First">Until the first viewer had the message.</param>
/// <param name="Median">Until half of them had.</param>
/// <param name="Last">Until all had.</param>
/// <param name="Message">The message.</param>
internal sealed record Arrivals(double Answered, double First, double Median, double Last, string Message);
