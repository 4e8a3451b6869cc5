using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>Logs calls of the hub that fail. Refusals are answers, and are not logged.</summary>
internal sealed partial class HubFailures(ILogger<LeaderboardHub> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(call);
        }
        catch (Exception failure) when (failure is not HubException)
        {
            LogFailure(log, failure, call.HubMethodName);
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A call of the hub's {Method} failed")]
    private static partial void LogFailure(ILogger log, Exception failure, string method);
}
