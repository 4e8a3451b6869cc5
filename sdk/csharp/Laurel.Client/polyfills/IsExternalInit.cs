#if !NET
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for <c>init</c> where the framework lacks it.</summary>
internal static class IsExternalInit;
#endif
