using System.Text.Json;
using Laurel.ApiFrontend.Live;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.SignalR;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>
/// What <c>Subscribe</c> asks for: <c>{tenant, leaderboard, top}</c>, or <c>{tenant, leaderboard, around, size}</c> for a player with
/// so many neighbours on each side. A key that belongs to a tenant may leave <c>tenant</c> out.
/// </summary>
/// <param name="Board">The board, which the caller's key reaches.</param>
/// <param name="Shape">The part of it.</param>
/// <param name="ResumeFrom">The sequence that the caller was told last, before its connection broke; null for none.</param>
/// <param name="WindowKey">The window which that was of; null for the present one.</param>
internal sealed record HubRequest(LeaderboardKey Board, LiveShape Shape, long? ResumeFrom, string? WindowKey)
{
    private const int UsualTop = 10;
    private const int MostTop = 1000;
    private const int UsualSize = 5;
    private const int MostSize = 100;

    /// <exception cref="HubException">It is wrong, or the key may not see the board.</exception>
    public static HubRequest Read(JsonElement body, Caller caller)
    {
        var fields = ObjectReader.OfBody(body);
        var (tenant, board) = ReadIds(fields, caller);
        var top = fields.Whole("top", 1, MostTop);
        var around = fields.Has("around") && !fields.IsNull("around") ? fields.RequiredUserId("around") : null;
        var size = fields.Whole("size", 0, MostSize);
        var resumeFrom = ReadSequence(fields);
        var window = fields.Text("window_key", Slug.MaxLength);
        if (top is not null && around is not null)
            fields.Add("around", "around and top cannot be asked for at once");
        fields.RefuseOthers();
        Refuse(fields);
        var shape = around is null ? new LiveShape(0, top ?? UsualTop) : new LiveShape(0, size ?? UsualSize, Around: around);
        return new HubRequest(Admit(caller, tenant!, board!), shape, resumeFrom, window);
    }

    /// <summary>The board that <c>Unsubscribe</c> names.</summary>
    /// <exception cref="HubException">It is wrong, or the key may not see the board.</exception>
    public static LeaderboardKey ReadBoard(JsonElement body, Caller caller)
    {
        var fields = ObjectReader.OfBody(body);
        var (tenant, board) = ReadIds(fields, caller);
        Refuse(fields);
        return Admit(caller, tenant!, board!);
    }

    private static (string? Tenant, string? Board) ReadIds(ObjectReader fields, Caller caller)
    {
        var tenant = caller.Tenant is { } own && !fields.Has("tenant") ? own : fields.RequiredSlug("tenant");
        return (tenant, fields.RequiredSlug("leaderboard"));
    }

    private static long? ReadSequence(ObjectReader fields)
    {
        if (fields.Element("resume_from") is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var sequence) && sequence >= 0)
            return sequence;
        fields.Add("resume_from", "resume_from must be the sequence of the message that was read last");
        return null;
    }

    private static void Refuse(ObjectReader fields)
    {
        if (fields.Mistakes.Count > 0)
            throw new HubException(string.Join("; ", fields.Mistakes.Select(static mistake => mistake.Message)));
    }

    // Decided before it is known whether there is such a board.
    private static LeaderboardKey Admit(Caller caller, string tenant, string board) => caller.Reaches(tenant, board)
        ? new LeaderboardKey(tenant, board)
        : throw new HubException($"The key may not see leaderboard '{board}' of tenant '{tenant}'");
}
