using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>Which part of a board is followed: places from an offset on, or a subject with its neighbours. Viewers of the same shape share everything.</summary>
/// <param name="Offset">How many places to pass over.</param>
/// <param name="Limit">How many places; with <paramref name="Around"/>, how many neighbours on each side.</param>
/// <param name="FromEnd">The order reversed, with ranks counted in it.</param>
/// <param name="Around">The subject, or null.</param>
internal readonly record struct LiveShape(int Offset, int Limit, bool FromEnd = false, string? Around = null)
{
    /// <summary>What to ask of the season.</summary>
    /// <param name="also">Subjects wanted wherever they are.</param>
    public WindowQuery ToQuery(IReadOnlyList<string>? also) => new(Offset, Limit, FromEnd, Around, also);
}
