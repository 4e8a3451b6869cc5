namespace Laurel.Tests.Support;

/// <summary>
/// What a machine may lack. Tests that need it are skipped with the reason, unless <c>LAUREL_REQUIRE</c> names it (a list such as
/// <c>postgres,redis</c>): then they fail.
/// </summary>
public static class Requirements
{
    /// <summary>Returns the reason to skip, or null when there is none.</summary>
    /// <param name="name">As in <c>LAUREL_REQUIRE</c>.</param>
    /// <param name="absence">Why it cannot be had on this machine; null when it can.</param>
    /// <exception cref="InvalidOperationException">It is absent, and required.</exception>
    public static string? ReasonToSkip(string name, string? absence)
    {
        var required = Environment.GetEnvironmentVariable("LAUREL_REQUIRE") ?? "";
        var isRequired = required.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
        return absence is not null && isRequired
            ? throw new InvalidOperationException($"LAUREL_REQUIRE names {name}, but {absence}")
            : absence;
    }
}
