using System.Security.Cryptography;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants/{tenant_id}/keys</c></summary>
internal sealed class KeyRoutes(IGrainPort port, BodyReader bodies, KeyRing ring, TimeProvider clock)
{
    /// <summary>The route parameter that names a key.</summary>
    public const string KeyParameter = "key_id";

    private const int ClientIdLength = 20;
    private const int ClientSecretLength = 43;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public async Task<Reply> CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        var fields = KeyFields.Read(body.Fields);
        if (body.Wrong is { } wrong)
            return wrong;
        if (KeyGrants.Lacking(context.Features.GetRequiredFeature<Caller>(), fields!) is { } lacking)
            return Reply.Error(StatusCodes.Status403Forbidden, $"A key without the scope {lacking} cannot give it to another");
        return await port.FindMissingTenantAsync(context)
            ?? await FindMissingLeaderboardAsync(RouteIds.Tenant(context), fields!.LeaderboardId)
            ?? await StoreAsync(RouteIds.Tenant(context), fields);
    }

    public async Task<Reply> ListAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var (offset, limit) = (query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);
        if (await port.FindMissingTenantAsync(context) is { } missing)
            return missing;

        var page = await port.ListKeysAsync(new ListApiKeys(RouteIds.Tenant(context), offset, limit));
        return page.Status == OutcomeStatus.Ok
            ? Reply.Ok(new KeyListBody(page.Total, [.. page.Keys!.Select(KeyBody.Of)]), PhoenixJson.Shared.KeyListBody)
            : Refusals.OfList(page.Status);
    }

    public async Task<Reply> RevokeAsync(HttpContext context)
    {
        var keyId = RouteIds.Value(context, KeyParameter);
        if (!RouteIds.TryGetTenant(context, out var tenant) || !Slug.IsValid(keyId))
            return Reply.NotFound(RouteIds.Named("Key", keyId));

        var outcome = await port.RevokeKeyAsync(keyId, tenant);
        ring.Forget(keyId);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(KeyBody.Of(outcome.Record!), PhoenixJson.Shared.KeyBody)
            : Refusals.Of(outcome.Status, $"Key '{keyId}'");
    }

    /// <summary>The answer when the board that a key is to be bound to does not exist.</summary>
    private async Task<Reply?> FindMissingLeaderboardAsync(string tenant, string? leaderboard)
    {
        if (leaderboard is null)
            return null;

        var board = Slug.IsValid(leaderboard)
            ? (await port.GetLeaderboardAsync(new LeaderboardKey(tenant, leaderboard))).Status
            : OutcomeStatus.NotFound;
        return board switch
        {
            OutcomeStatus.Ok => null,
            OutcomeStatus.NotFound =>
                Reply.Invalid([new Mistake("leaderboard_id", "leaderboard_id must name a leaderboard of the tenant")]),
            _ => Refusals.Of(board, RouteIds.Named("Leaderboard", leaderboard)),
        };
    }

    private async Task<Reply> StoreAsync(string tenant, KeyFields fields)
    {
        var key = ApiKeyText.Generate(fields.Kind);
        var isClient = fields.Kind == KeyKinds.Client;
        var clientSecret = isClient ? RandomNumberGenerator.GetString(Letters, ClientSecretLength) : null;
        var record = new ApiKeyRecord(
            key.KeyId,
            KeyKindNames.NameOf(fields.Kind),
            tenant,
            fields.Name,
            fields.LeaderboardId,
            fields.Scopes,
            fields.RateLimit ?? KeyKindNames.UsualTerms(fields.Kind),
            fields.Origins,
            key.Hash,
            isClient ? RandomNumberGenerator.GetString(Letters, ClientIdLength) : null,
            clientSecret is null ? null : ApiKeyText.Hash(clientSecret),
            clock.GetUtcNow());

        var outcome = await port.CreateKeyAsync(record);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Created(new NewKeyBody(record, key.Text, clientSecret), PhoenixJson.Shared.NewKeyBody)
            : Refusals.Of(outcome.Status, $"Key '{key.KeyId}'");
    }
}
