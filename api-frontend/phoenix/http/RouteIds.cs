using System.Diagnostics.CodeAnalysis;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>The ids in a request's path.</summary>
internal static class RouteIds
{
    /// <summary>The tenant as the path names it; not checked for its form.</summary>
    public static string Tenant(HttpContext context) => Value(context, AccessRule.TenantParameter);

    /// <summary>Whether the path's tenant is a valid id. One that is not cannot exist.</summary>
    public static bool TryGetTenant(HttpContext context, out string tenant) => Slug.IsValid(tenant = Tenant(context));

    /// <summary>Whether the path's tenant and leaderboard are valid ids. One that is not cannot exist.</summary>
    public static bool TryGetLeaderboard(HttpContext context, out LeaderboardKey key)
    {
        var tenant = Tenant(context);
        var board = Value(context, AccessRule.LeaderboardParameter);
        var valid = Slug.IsValid(tenant) && Slug.IsValid(board);
        key = valid ? new(tenant, board) : default;
        return valid;
    }

    /// <summary>The user id that the path ends in, percent-decoded.</summary>
    public static bool TryGetUser(HttpContext context, [NotNullWhen(true)] out string? userId) =>
        RawPath.TryGetLastSegment(context, out userId) && UserId.IsValid(userId);

    /// <summary>Any route value.</summary>
    public static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>404 for the board of the path.</summary>
    public static Reply NoLeaderboard(HttpContext context) =>
        Reply.NotFound(Named("Leaderboard", Value(context, AccessRule.LeaderboardParameter)));

    /// <summary>404 for the tenant of the path.</summary>
    public static Reply NoTenant(HttpContext context) => Reply.NotFound(Named("Tenant", Tenant(context)));

    /// <summary>400 for the user id of the path.</summary>
    public static Reply InvalidUser() =>
        Reply.Invalid($"user_id must be 1 to {UserId.MaxLength} characters without control characters, percent-encoded as UTF-8");

    /// <summary>A thing and its id, as a sentence's subject. An id that no thing can have is not repeated.</summary>
    public static string Named(string thing, string id) => Slug.IsValid(id) ? $"{thing} '{id}'" : $"This {thing.ToLowerInvariant()}";
}
