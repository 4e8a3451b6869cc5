using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/players/{user_id}</c></summary>
internal sealed class PlayerRoutes(IGrainPort port, BodyReader bodies)
{
    public async Task<Reply> PutAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        var player = PlayerFields.Read(body.Fields, userId);
        if (body.Wrong is { } wrong)
            return wrong;
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;

        var outcome = await port.PutPlayersAsync(PlayersKey.Of(RouteIds.Tenant(context), userId), new PutPlayers([player]));
        return Answer(outcome);
    }

    public async Task<Reply> GetAsync(HttpContext context)
    {
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        return await port.FindMissingTenantAsync(context)
            ?? Answer(await port.GetPlayerAsync(PlayersKey.Of(RouteIds.Tenant(context), userId), userId));
    }

    public async Task<Reply> EraseAsync(HttpContext context)
    {
        if (!RouteIds.TryGetUser(context, out var userId))
            return RouteIds.InvalidUser();
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;

        var outcome = await port.ErasePlayerAsync(PlayersKey.Of(RouteIds.Tenant(context), userId), userId);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(new PlayerErasedBody(userId, true), PhoenixJson.Shared.PlayerErasedBody)
            : Answer(outcome);
    }

    private static Reply Answer(PlayersOutcome outcome) =>
        outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(PlayerBody.Of(outcome.Players![0]), PhoenixJson.Shared.PlayerBody)
            : Refusals.Of(outcome.Status, "This player");
}
