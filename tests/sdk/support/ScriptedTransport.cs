using Laurel.Client;

namespace Laurel.Sdk.Tests;

/// <summary>Decides by the number of a request what becomes of it; the others go their way, as do questions whether the server is there.</summary>
/// <param name="decide">By the number, from 1: an answer that the server does not give; null to let it through.</param>
internal sealed class ScriptedTransport(Func<int, LaurelResponse?> decide) : ILaurelTransport
{
    private int _count;

    /// <summary>How many requests came.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Numbers of requests whose answers are lost on their way back.</summary>
    public HashSet<int> LosesAnswersOf { get; } = [];

    public async Task<LaurelResponse> SendAsync(LaurelRequest request, CancellationToken cancellation)
    {
        if (request.Url.AbsolutePath == "/health")
            return await HttpTransport.Shared.SendAsync(request, cancellation);
        var number = Interlocked.Increment(ref _count);
        if (decide(number) is { } answer)
            return answer;
        var response = await HttpTransport.Shared.SendAsync(request, cancellation);
        return LosesAnswersOf.Contains(number) ? throw new LaurelTransportException("The connection broke.") : response;
    }
}
