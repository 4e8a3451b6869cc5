namespace Laurel.ApiFrontend.Tests;

/// <summary>Bodies of submissions.</summary>
internal static class Bodies
{
    /// <summary>An achieved-at in the past of the tests' clock.</summary>
    public const string Time = "2026-03-25T10:30:00.000Z";

    /// <summary>So many well-formed scores of different users.</summary>
    public static string Of(int count) =>
        $$"""{"scores":[{{string.Join(',', Enumerable.Range(0, count).Select(static i => $$"""{"userId":"user{{i}}","score":{{i}},"timestamp":"{{Time}}"}"""))}}]}""";

    /// <summary>One item.</summary>
    public static string Of(string item) => $$"""{"scores":[{{item}}]}""";
}
